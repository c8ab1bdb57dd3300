package stella.gateway.crypto;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/** XSalsa20-Poly1305 as NaCl's {@code secretbox} makes it: 16 bytes of tag, then the encrypted message. */
public final class SecretBox {
    public static final int KEY_LENGTH = 32;
    public static final int NONCE_LENGTH = 24;
    public static final int TAG_LENGTH = 16;

    private SecretBox() {}

    public static byte[] seal(byte[] message, byte[] key, byte[] nonce) {
        XSalsa20Engine stream = stream(key, nonce);
        byte[] macKey = macKey(stream);
        byte[] box = new byte[TAG_LENGTH + message.length];
        stream.processBytes(message, 0, message.length, box, TAG_LENGTH);
        System.arraycopy(tag(macKey, box), 0, box, 0, TAG_LENGTH);
        return box;
    }

    /** The message, or empty when the key is another one or the box was altered. */
    public static Optional<byte[]> open(byte[] box, byte[] key, byte[] nonce) {
        if (box.length < TAG_LENGTH) return Optional.empty();
        XSalsa20Engine stream = stream(key, nonce);
        if (!java.security.MessageDigest.isEqual(tag(macKey(stream), box), Arrays.copyOf(box, TAG_LENGTH)))
            return Optional.empty();
        byte[] message = new byte[box.length - TAG_LENGTH];
        stream.processBytes(box, TAG_LENGTH, message.length, message, 0);
        return Optional.of(message);
    }

    private static XSalsa20Engine stream(byte[] key, byte[] nonce) {
        XSalsa20Engine engine = new XSalsa20Engine();
        engine.init(true, new ParametersWithIV(new KeyParameter(key), nonce));
        return engine;
    }

    /** The first 32 bytes of the stream are the key of the tag and encrypt nothing. */
    private static byte[] macKey(XSalsa20Engine stream) {
        byte[] key = new byte[KEY_LENGTH];
        stream.processBytes(new byte[KEY_LENGTH], 0, KEY_LENGTH, key, 0);
        return key;
    }

    private static byte[] tag(byte[] macKey, byte[] box) {
        Poly1305 mac = new Poly1305();
        mac.init(new KeyParameter(macKey));
        mac.update(box, TAG_LENGTH, box.length - TAG_LENGTH);
        byte[] tag = new byte[TAG_LENGTH];
        mac.doFinal(tag, 0);
        return tag;
    }
}
