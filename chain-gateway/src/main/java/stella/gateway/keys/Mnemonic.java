package stella.gateway.keys;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;
import stella.protocol.Digests;

/**
 * BIP-39 phrases in English, in Substrate's variant: the seed is derived from the entropy behind the phrase, not from its text.
 * Messages name the place of a wrong word, never the word, since a phrase is a secret.
 */
final class Mnemonic {
    private static final List<String> WORDS = words();
    private static final int BITS_PER_WORD = 11;
    private static final int ROUNDS = 2048;

    private Mnemonic() {}

    /** The mini secret of 32 bytes behind {@code phrase} and {@code password} (empty for none). */
    static byte[] miniSecret(String phrase, String password) {
        byte[] entropy = entropy(phrase);
        PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA512Digest());
        generator.init(entropy, ("mnemonic" + password).getBytes(StandardCharsets.UTF_8), ROUNDS);
        return Arrays.copyOf(((KeyParameter) generator.generateDerivedMacParameters(512)).getKey(), 32);
    }

    private static byte[] entropy(String phrase) {
        String[] words = phrase.strip().toLowerCase(Locale.ROOT).split("\\s+");
        if (words.length < 12 || words.length > 24 || words.length % 3 != 0)
            throw new IllegalArgumentException("a phrase has 12, 15, 18, 21 or 24 words, not " + words.length);
        byte[] bits = new byte[(words.length * BITS_PER_WORD + 7) / 8];
        for (int i = 0; i < words.length; i++) write(bits, i * BITS_PER_WORD, index(words[i], i));
        int checksumBits = words.length / 3;
        byte[] entropy = Arrays.copyOf(bits, checksumBits * 4);
        int found = (bits[entropy.length] & 0xff) >> (8 - checksumBits);
        int expected = Digests.sha256(entropy).bytes().at(0) >> (8 - checksumBits);
        if (found != expected)
            throw new IllegalArgumentException(
                    "the phrase does not match its checksum; a word is wrong or in the wrong place");
        return entropy;
    }

    private static int index(String word, int position) {
        int index = WORDS.indexOf(word);
        if (index < 0)
            throw new IllegalArgumentException(
                    "word " + (position + 1) + " of the phrase is not in the English BIP-39 list");
        return index;
    }

    private static void write(byte[] bits, int from, int value) {
        for (int i = 0; i < BITS_PER_WORD; i++) {
            if ((value >> (BITS_PER_WORD - 1 - i) & 1) == 1) bits[(from + i) / 8] |= (byte) (0x80 >> ((from + i) % 8));
        }
    }

    private static List<String> words() {
        try (InputStream in = Mnemonic.class.getResourceAsStream("bip39-english.txt")) {
            if (in == null) throw new IllegalStateException("bip39-english.txt is missing beside " + Mnemonic.class);
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("bip39-english.txt cannot be read", e);
        }
    }
}
