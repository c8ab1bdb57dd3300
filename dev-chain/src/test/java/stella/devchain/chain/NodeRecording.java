package stella.devchain.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import stella.devchain.state.State;
import stella.devchain.state.StorageChanges;
import stella.devchain.state.StorageKey;
import stella.devchain.trie.StateVersion;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** The specification and the blocks that a real node recorded, {@code vectors/node/}. */
public final class NodeRecording {
    private static final Path FOLDER = Path.of("..", "vectors", "node");

    private NodeRecording() {}

    public static State genesisState() {
        TreeMap<StorageKey, Optional<Bytes>> content = new TreeMap<>();
        read("spec.json.gz")
                .at("/genesis/raw/top")
                .properties()
                .forEach(entry ->
                        content.put(StorageKey.top(Bytes.hex(entry.getKey())), Optional.of(hex(entry.getValue()))));
        return State.EMPTY.apply(new StorageChanges(content), StateVersion.V1);
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
