package stella.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The vectors of {@code vectors/content.json}, made by other programs, and the rule by which their data is generated. */
public final class ContentVectors {
    private static final JsonNode ALL = read();

    private ContentVectors() {}

    public static JsonNode at(String name) {
        JsonNode node = ALL.get(name);
        if (node == null) throw new IllegalStateException("vectors/content.json has no " + name);
        return node;
    }

    public static List<JsonNode> list(String name) {
        List<JsonNode> list = new ArrayList<>();
        at(name).forEach(list::add);
        return list;
    }

    /** {@code size} bytes of the ChaCha20 key stream with key SHA-256(seed) and a nonce of zeros. */
    public static InputStream seeded(String seed, long size) {
        try {
            Cipher cipher = Cipher.getInstance("ChaCha20");
            byte[] key = Digests.sha256(Bytes.utf8(seed).toArray()).toArray();
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key, "ChaCha20"),
                    new ChaCha20ParameterSpec(new byte[12], 0));
            return new KeyStream(cipher, size);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has ChaCha20", e);
        }
    }

    public static byte[] seededBytes(String seed, int size) {
        try (InputStream in = seeded(seed, size)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode read() {
        Path root = Path.of("").toAbsolutePath();
        while (root != null && !Files.exists(root.resolve("vectors/content.json"))) root = root.getParent();
        if (root == null) throw new IllegalStateException("vectors/content.json is in no folder above this one");
        try {
            return new ObjectMapper()
                    .readTree(root.resolve("vectors/content.json").toFile());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class KeyStream extends InputStream {
        private static final byte[] ZEROS = new byte[1 << 16];
        private final Cipher cipher;
        private long left;

        KeyStream(Cipher cipher, long size) {
            this.cipher = cipher;
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) return -1;
            int count = (int) Math.min(Math.min(length, ZEROS.length), left);
            try {
                cipher.update(ZEROS, 0, count, target, offset);
            } catch (GeneralSecurityException e) {
                throw new IOException(e);
            }
            left -= count;
            return count;
        }
    }
}
