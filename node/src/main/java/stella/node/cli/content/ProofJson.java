package stella.node.cli.content;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import stella.node.cli.Facts;
import stella.protocol.Hash;
import stella.protocol.piece.Piece;
import stella.protocol.possession.LeafProof;

/**
 * A proof as a document: {@code {pieceCid, seed, deal, answers: [{index, leaf, path}]}}, hashes in hexadecimal.
 *
 * @param deal number of the deal, unsigned
 */
record ProofJson(Piece piece, Hash seed, long deal, List<LeafProof> answers) {
    static final int ANSWERS_MAX = 1024;

    ProofJson {
        answers = List.copyOf(answers);
    }

    Facts toFacts() {
        List<Object> list = new ArrayList<>();
        for (LeafProof answer : answers)
            list.add(Facts.of("index", answer.index())
                    .and("leaf", answer.leaf())
                    .and("path", answer.path().stream().map(Hash::toString).toList())
                    .asMap());
        return Facts.of("pieceCid", piece.cid())
                .and("seed", seed)
                .and("deal", Long.toUnsignedString(deal))
                .and("answers", list);
    }

    /** Reads a proof from a stranger; {@link IllegalArgumentException} says what is wrong with it. */
    static ProofJson parse(String text) {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is no JSON: " + e.getOriginalMessage(), e);
        }
        JsonNode list = member(root, "answers");
        if (!list.isArray() || list.size() > ANSWERS_MAX)
            throw new IllegalArgumentException("'answers' is no list of at most " + ANSWERS_MAX + " leaves");
        List<LeafProof> answers = new ArrayList<>();
        for (JsonNode answer : list) answers.add(answer(answer));
        return new ProofJson(
                Piece.parse(text(root, "pieceCid")),
                hash(text(root, "seed")),
                Long.parseUnsignedLong(text(root, "deal")),
                answers);
    }

    private static LeafProof answer(JsonNode node) {
        JsonNode path = member(node, "path");
        if (!path.isArray() || path.size() > Piece.HEIGHT_MAX)
            throw new IllegalArgumentException("'path' is no list of at most " + Piece.HEIGHT_MAX + " hashes");
        List<Hash> nodes = new ArrayList<>();
        for (JsonNode hash : path) nodes.add(hash(hash.asText()));
        JsonNode index = member(node, "index");
        if (!index.isIntegralNumber() || !index.canConvertToLong())
            throw new IllegalArgumentException("'index' is no leaf number");
        return new LeafProof(index.longValue(), hash(text(node, "leaf")), nodes);
    }

    private static Hash hash(String text) {
        if (!text.matches("(0x)?[0-9a-fA-F]{64}"))
            throw new IllegalArgumentException("'" + text + "' is no hash of 32 bytes");
        return Hash.hex(text);
    }

    private static JsonNode member(JsonNode node, String name) {
        JsonNode member = node.get(name);
        if (member == null) throw new IllegalArgumentException("'" + name + "' is missing");
        return member;
    }

    private static String text(JsonNode node, String name) {
        return member(node, name).asText();
    }
}
