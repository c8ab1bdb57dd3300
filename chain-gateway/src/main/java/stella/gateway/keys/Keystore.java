package stella.gateway.keys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bouncycastle.crypto.generators.SCrypt;
import stella.gateway.crypto.SecretBox;

/**
 * Key files of polkadot.js and the wallets that follow it: a PKCS#8 key, encrypted with XSalsa20-Poly1305 under a key that scrypt
 * makes of the password. Written and read in the form of today (version 3); files without a password are read, never written.
 */
public final class Keystore {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] HEADER = {48, 83, 2, 1, 1, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32};
    private static final byte[] DIVIDER = {(byte) 161, 35, 3, 33, 0};
    private static final int TEXT_LENGTH_MAX = 64 << 10;
    private static final int SALT_LENGTH = 32;
    private static final int HEAD_LENGTH = SALT_LENGTH + 12 + SecretBox.NONCE_LENGTH;
    private static final ScryptCost WRITTEN = new ScryptCost(1 << 17, 1, 8);
    /** Those of polkadot.js: a file cannot ask for gigabytes of memory. */
    private static final Set<ScryptCost> READ = Set.of(
            new ScryptCost(1 << 13, 10, 8),
            new ScryptCost(1 << 14, 5, 8),
            new ScryptCost(1 << 15, 3, 8),
            new ScryptCost(1 << 15, 1, 8),
            new ScryptCost(1 << 16, 2, 8),
            WRITTEN);

    private Keystore() {}

    private record ScryptCost(int n, int p, int r) {
        byte[] key(String password, byte[] salt) {
            byte[] secret = password.getBytes(StandardCharsets.UTF_8);
            return Arrays.copyOf(SCrypt.generate(secret, salt, n, r, p, 64), SecretBox.KEY_LENGTH);
        }
    }

    /**
     * The key pair in a file's text.
     *
     * @throws IllegalArgumentException when it is no key file, of a form that is not read, or the password is wrong
     */
    public static Keypair read(String text, String password) {
        if (text.length() > TEXT_LENGTH_MAX)
            throw new IllegalArgumentException("a key file has at most " + TEXT_LENGTH_MAX + " characters");
        JsonNode file = parse(text);
        JsonNode encoding = file.path("encoding");
        List<String> content = texts(encoding.path("content"));
        List<String> type = texts(encoding.path("type"));
        if (!encoding.path("version").asText().equals("3")
                || content.size() != 2
                || !content.get(0).equals("pkcs8"))
            throw new IllegalArgumentException(
                    "this is no polkadot.js key file of version 3; export the account anew with a recent wallet");
        Scheme scheme = scheme(content.get(1));
        byte[] encoded = base64(file.path("encoded").asText());
        byte[] key;
        if (type.equals(List.of("none"))) key = encoded;
        else if (type.equals(List.of("scrypt", "xsalsa20-poly1305"))) key = decrypt(encoded, password);
        else throw new IllegalArgumentException("a key file encrypted by " + type + " is not read");
        return requireAddress(file.path("address").asText(), keypair(scheme, key));
    }

    /**
     * The text of a file that polkadot.js reads.
     *
     * @param name what wallets show for it
     * @param password without which nobody reads it; not empty
     */
    public static String write(Keypair pair, String name, String password, SecureRandom random) {
        if (password.isEmpty()) throw new IllegalArgumentException("a key file needs a password");
        byte[] salt = new byte[SALT_LENGTH];
        byte[] nonce = new byte[SecretBox.NONCE_LENGTH];
        random.nextBytes(salt);
        random.nextBytes(nonce);
        byte[] box = SecretBox.seal(pkcs8(pair), WRITTEN.key(password, salt), nonce);
        ByteBuffer encoded = ByteBuffer.allocate(HEAD_LENGTH + box.length).order(ByteOrder.LITTLE_ENDIAN);
        encoded.put(salt).putInt(WRITTEN.n()).putInt(WRITTEN.p()).putInt(WRITTEN.r());
        encoded.put(nonce).put(box);

        ObjectNode file = JSON.createObjectNode();
        file.put("encoded", Base64.getEncoder().encodeToString(encoded.array()));
        ObjectNode encoding = file.putObject("encoding");
        encoding.putArray("content").add("pkcs8").add(pair.scheme().name().toLowerCase(Locale.ROOT));
        encoding.putArray("type").add("scrypt").add("xsalsa20-poly1305");
        encoding.put("version", "3");
        file.put("address", address(pair));
        file.putObject("meta").put("name", name);
        return file.toPrettyString() + "\n";
    }

    private static byte[] decrypt(byte[] encoded, String password) {
        if (encoded.length < HEAD_LENGTH + SecretBox.TAG_LENGTH)
            throw new IllegalArgumentException("the key file is too short to hold an encrypted key");
        ByteBuffer in = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
        byte[] salt = new byte[SALT_LENGTH];
        in.get(salt);
        ScryptCost cost = new ScryptCost(in.getInt(), in.getInt(), in.getInt());
        if (!READ.contains(cost))
            throw new IllegalArgumentException(
                    "the key file asks for other scrypt parameters than wallets write: " + cost);
        byte[] nonce = new byte[SecretBox.NONCE_LENGTH];
        in.get(nonce);
        byte[] box = new byte[in.remaining()];
        in.get(box);
        return SecretBox.open(box, cost.key(password, salt), nonce)
                .orElseThrow(() -> new IllegalArgumentException("the password is not the one of this key file"));
    }

    private static byte[] pkcs8(Keypair pair) {
        byte[] publicKey = pair.publicKey().toArray();
        byte[] secret = pair.secret();
        // polkadot.js keeps an ed25519 key as NaCl does: the seed, then the public key.
        if (pair.scheme() == Scheme.ED25519) secret = concat(secret, publicKey);
        return concat(HEADER, secret, DIVIDER, publicKey);
    }

    private static Keypair keypair(Scheme scheme, byte[] key) {
        int secretLength = scheme == Scheme.ECDSA ? 32 : 64;
        int divider = HEADER.length + secretLength;
        if (!begins(key, 0, HEADER) || !begins(key, divider, DIVIDER))
            throw new IllegalArgumentException("the key file holds no " + scheme + " key in PKCS#8 form");
        int kept = scheme == Scheme.SR25519 ? 64 : 32;
        Keypair pair = Keypair.fromSecret(scheme, Arrays.copyOfRange(key, HEADER.length, HEADER.length + kept));
        byte[] publicKey = Arrays.copyOfRange(key, divider + DIVIDER.length, key.length);
        if (!Arrays.equals(pair.publicKey().toArray(), publicKey))
            throw new IllegalArgumentException("the key file's secret and public key do not belong together");
        return pair;
    }

    private static Keypair requireAddress(String address, Keypair pair) {
        boolean same = address.isEmpty()
                || (address.startsWith("0x")
                        ? address.equals(pair.publicKey().toHex0x())
                        : Ss58.decode(address).account().equals(pair.account()));
        if (same) return pair;
        throw new IllegalArgumentException("the key file says it is of " + address + ", but its key is of " + pair);
    }

    /** Where an account is no public key, polkadot.js names the key. */
    private static String address(Keypair pair) {
        return pair.scheme() == Scheme.ECDSA
                ? pair.publicKey().toHex0x()
                : Ss58.encode(pair.account(), Ss58.GENERIC_PREFIX);
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the key file is no JSON", e);
        }
    }

    private static Scheme scheme(String name) {
        return switch (name) {
            case "sr25519" -> Scheme.SR25519;
            case "ed25519" -> Scheme.ED25519;
            case "ecdsa" -> Scheme.ECDSA;
            default ->
                throw new IllegalArgumentException(
                        "a key file of type '" + name + "' is not read; sr25519, ed25519 and ecdsa are");
        };
    }

    /** Both alphabets and the 0x form that older exports use. */
    private static byte[] base64(String text) {
        try {
            return text.startsWith("0x")
                    ? java.util.HexFormat.of().parseHex(text, 2, text.length())
                    : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the key file's key is neither base 64 nor hexadecimal", e);
        }
    }

    private static List<String> texts(JsonNode list) {
        return list.isArray()
                ? java.util.stream.StreamSupport.stream(list.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList()
                : List.of(list.asText());
    }

    private static boolean begins(byte[] data, int from, byte[] with) {
        return data.length >= from + with.length && Arrays.equals(data, from, from + with.length, with, 0, with.length);
    }

    private static byte[] concat(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) all.put(part);
        return all.array();
    }
}
