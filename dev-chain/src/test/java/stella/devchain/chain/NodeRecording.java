package stella.devchain.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import stella.devchain.host.RuntimeLoader;
import stella.devchain.state.State;
import stella.devchain.trie.StateVersion;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** The specification and the blocks that a real node recorded, {@code vectors/node/}. */
public final class NodeRecording {
    private static final Path FOLDER = Path.of("..", "vectors", "node");

    /** Compiles the recording's runtime once for all tests. */
    public static final RuntimeLoader LOADER = new RuntimeLoader(List.of(), Runnable::run, Duration.ofSeconds(60));

    private NodeRecording() {}

    public static Genesis genesis() {
        return Genesis.fromSpecification(read("spec.json.gz"));
    }

    public static State genesisState() {
        return genesis().state(StateVersion.V1);
    }

    /** Genesis first. */
    public static List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (JsonNode block : read("blocks.json.gz").get("blocks")) {
            JsonNode header = block.get("header");
            List<Bytes> digest = new ArrayList<>();
            header.at("/digest/logs").forEach(item -> digest.add(hex(item)));
            List<Bytes> extrinsics = new ArrayList<>();
            block.get("extrinsics").forEach(item -> extrinsics.add(hex(item)));
            blocks.add(new Block(
                    new Header(
                            hash(header.get("parentHash")),
                            Long.decode(header.get("number").asText()),
                            hash(header.get("stateRoot")),
                            hash(header.get("extrinsicsRoot")),
                            digest),
                    extrinsics));
        }
        return blocks;
    }

    /** The hash the node gave for each of {@link #blocks}. */
    public static List<Hash> hashes() {
        List<Hash> hashes = new ArrayList<>();
        for (JsonNode block : read("blocks.json.gz").get("blocks")) hashes.add(hash(block.get("hash")));
        return hashes;
    }

    private static JsonNode read(String name) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(FOLDER.resolve(name)))) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Hash hash(JsonNode text) {
        return new Hash(hex(text));
    }

    private static Bytes hex(JsonNode text) {
        return Bytes.hex(text.asText());
    }
}
