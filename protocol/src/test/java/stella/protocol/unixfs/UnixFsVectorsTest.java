package stella.protocol.unixfs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import stella.protocol.Bytes;
import stella.protocol.ContentVectors;

/** CT-1: files and directories get the CIDs that kubo, the IPFS specification and ipfs-unixfs-importer give them. */
class UnixFsVectorsTest {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz01234567890-_";

    @TestFactory
    Stream<DynamicTest> givesFilesTheCidsOfOtherTools() {
        List<JsonNode> vectors = ContentVectors.list("unixfs");
        assertThat(vectors).hasSize(59);
        return vectors.stream()
                .map(v -> DynamicTest.dynamicTest(
                        v.get("profile").asText() + " " + v.path("seed").asText("text") + " "
                                + v.get("size").asLong(),
                        () -> check(v)));
    }

    private static void check(JsonNode vector) throws IOException {
        AtomicInteger blocks = new AtomicInteger();
        try (InputStream in = vector.has("text")
                ? new ByteArrayInputStream(
                        Bytes.utf8(vector.get("text").asText()).toArray())
                : ContentVectors.seeded(
                        vector.get("seed").asText(), vector.get("size").asLong())) {
            Subtree file = new DagBuilder(profile(vector), (_, _) -> blocks.incrementAndGet()).file(in);

            assertThat(file.cid()).hasToString(vector.get("cid").asText());
            assertThat(file.payload()).isEqualTo(vector.get("size").asLong());
            if (vector.has("blocks"))
                assertThat(blocks.get()).isEqualTo(vector.get("blocks").asInt());
        }
    }

    private static Profile profile(JsonNode vector) {
        String name = vector.get("profile").asText();
        return name.startsWith("kubo") ? Profile.KUBO_CIDV1 : Profile.named(name);
    }

    @Test
    void givesADirectoryTheCidOfKubo() throws IOException {
        JsonNode vector = ContentVectors.at("kubo_directory");
        DagBuilder builder = new DagBuilder(Profile.KUBO_CIDV1, (_, _) -> {});
        Map<String, Subtree> entries = new TreeMap<>();
        for (Map.Entry<String, JsonNode> file : vector.get("files").properties())
            entries.put(
                    file.getKey(),
                    builder.file(new ByteArrayInputStream(
                            Bytes.utf8(file.getValue().asText().replace("\\n", "\n"))
                                    .toArray())));

        Subtree directory = builder.directory(entries);

        assertThat(directory.cid())
                .hasToString(vector.get("published").get("planets").asText());
    }

    @Test
    void keepsADirectoryPlainAtTheLimitAndShardsItOneByteAbove() throws IOException {
        // published in ipfs/kubo test/cli/cid_profiles_test.go
        assertThat(kuboDirectory(Profile.UNIXFS_V1_2025, 4766, 11, 21))
                .isEqualTo("bafybeic3h7rwruealwxkacabdy45jivq2crwz6bufb5ljwupn36gicplx4");
        assertThat(kuboDirectory(Profile.UNIXFS_V1_2025, 4766, 11, 22))
                .isEqualTo("bafybeiegvuterwurhdtkikfhbxcldohmxp566vpjdofhzmnhv6o4freidu");
        assertThat(kuboDirectory(Profile.UNIXFS_V0_2015, 4096, 30, 30))
                .isEqualTo("QmX5GtRk3TSSEHtdrykgqm4eqMEn3n2XhfkFAis5fjyZmN");
        assertThat(kuboDirectory(Profile.UNIXFS_V0_2015, 4033, 31, 31))
                .isEqualTo("QmeMiJzmhpJAUgynAcxTQYek5PPKgdv3qEvFsdV3XpVnvP");
    }

    /** Files with the content "x" and names drawn from a key stream, as kubo's own test makes them. */
    private static String kuboDirectory(Profile profile, int files, int nameLength, int lastNameLength)
            throws IOException {
        DagBuilder builder = new DagBuilder(profile, (_, _) -> {});
        Map<String, Subtree> entries = new TreeMap<>();
        Subtree x = builder.file(new ByteArrayInputStream(new byte[] {'x'}));
        InputStream random = ContentVectors.seeded("hamt-" + profile.label(), 1 << 20);
        for (int i = 0; i < files; i++) {
            StringBuilder name = new StringBuilder();
            for (byte b : random.readNBytes(i == files - 1 ? lastNameLength : nameLength))
                name.append(ALPHABET.charAt((b & 0xff) % ALPHABET.length()));
            entries.put(name.toString(), x);
        }
        return builder.directory(entries).cid().toString();
    }

    @Test
    void namesAnEmptyDirectoryAsKuboDoes() throws IOException {
        assertThat(new DagBuilder(Profile.KUBO_CIDV1, (_, _) -> {})
                        .directory(Map.of())
                        .cid())
                .hasToString("bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354");
        assertThat(new DagBuilder(Profile.UNIXFS_V0_2015, (_, _) -> {})
                        .directory(Map.of())
                        .cid())
                .hasToString("QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn");
    }
}
