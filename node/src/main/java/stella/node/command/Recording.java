package stella.node.command;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import stella.devchain.chain.Block;
import stella.devchain.chain.Header;
import stella.node.cli.CommandException;
import stella.node.cli.ExitCode;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** A recording of blocks, read one block at a time, so that its length does not matter. */
final class Recording implements AutoCloseable {
    private static final int TEXT_MAX = 64 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        JSON.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(TEXT_MAX)
                        .maxNestingDepth(64)
                        .build());
    }

    private final Path file;
    private final JsonParser parser;
    private boolean inBlocks;
    private Optional<Hash> genesis = Optional.empty();

    /** A block and the hash that was recorded for it. */
    record Recorded(Hash hash, Block block) {}

    /** The file is no recording. */
    static final class Malformed extends RuntimeException {
        Malformed(String message) {
            super(message);
        }
    }

    private Recording(Path file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    static Recording open(Path file) throws IOException {
        return new Recording(file, JSON.getFactory().createParser(unpacked(file)));
    }

    /** A whole JSON document, also gzipped. */
    static JsonNode document(Path file) throws IOException {
        try (InputStream in = unpacked(file)) {
            return JSON.readTree(in);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** The next block; empty after the last. */
    Optional<Recorded> next() throws IOException {
        try {
            if (!inBlocks && !findBlocks()) return Optional.empty();
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_OBJECT) return Optional.of(block(JSON.readTree(parser)));
            if (token != JsonToken.END_ARRAY)
                throw new Malformed(file + " has something else than a block among its blocks");
            inBlocks = false;
            return findBlocks() ? next() : Optional.empty();
        } catch (JsonProcessingException e) {
            throw new Malformed(file + " is no JSON: " + e.getOriginalMessage());
        }
    }

    /** The hash of block 0 that the recording names; known when all blocks are read. */
    Optional<Hash> genesis() {
        return genesis;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    private boolean findBlocks() throws IOException {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token != JsonToken.FIELD_NAME) continue;
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("genesis") && value == JsonToken.VALUE_STRING)
                genesis = Optional.of(hash(parser.getText()));
            else if (name.equals("blocks") && value == JsonToken.START_ARRAY) {
                inBlocks = true;
                return true;
            } else parser.skipChildren();
        }
        return false;
    }

    private Recorded block(JsonNode block) {
        JsonNode header = block.path("header");
        List<Bytes> digest = new ArrayList<>();
        header.at("/digest/logs").forEach(item -> digest.add(bytes(item.asText())));
        List<Bytes> extrinsics = new ArrayList<>();
        block.path("extrinsics").forEach(item -> extrinsics.add(bytes(item.asText())));
        return new Recorded(
                hash(block.path("hash").asText()),
                new Block(
                        new Header(
                                hash(header.path("parentHash").asText()),
                                number(header.path("number").asText()),
                                hash(header.path("stateRoot").asText()),
                                hash(header.path("extrinsicsRoot").asText()),
                                digest),
                        extrinsics));
    }

    private long number(String text) {
        try {
            long number = Long.decode(text);
            if (number >= 0) return number;
        } catch (NumberFormatException e) {
            // said below
        }
        throw new Malformed(file + " has a block with the number '" + text + "'");
    }

    private Hash hash(String text) {
        Bytes bytes = bytes(text);
        if (bytes.length() == Hash.LENGTH) return new Hash(bytes);
        throw new Malformed(file + " has '" + text + "' where a hash of 32 bytes belongs");
    }

    private Bytes bytes(String text) {
        try {
            if (text.startsWith("0x")) return Bytes.hex(text);
        } catch (IllegalArgumentException e) {
            // said below
        }
        String shown = text.length() > 80 ? text.substring(0, 80) + "…" : text;
        throw new Malformed(file + " has '" + shown + "' where hexadecimal bytes belong");
    }

    private static InputStream unpacked(Path file) throws IOException {
        if (!Files.isRegularFile(file))
            throw CommandException.of(ExitCode.NOT_FOUND, "file-missing", "there is no file " + file);
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        in.mark(2);
        boolean packed = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return packed ? new GZIPInputStream(in, 1 << 16) : in;
    }
}
