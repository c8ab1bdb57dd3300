package stella.protocol.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.piece.Piece;
import stella.protocol.possession.LeafProof;
import stella.protocol.role.Changes;
import stella.protocol.role.ReputationChange;
import stella.protocol.role.Role;
import stella.protocol.role.RoleId;
import stella.protocol.role.Standing;

/** {@code vectors/inspection.json}, which a second implementation wrote. */
@SuppressWarnings("EnumOrdinal") // the vectors name roles and standings by their index in SCALE
class InspectionVectorsTest {
    private static final JsonNode ALL = read();
    private static final Hash SEED = hash(ALL.get("seed"));
    private static final EpochInfo EPOCH = new EpochInfo(ALL.get("epoch").longValue(), SEED, 1);

    @Test
    void itemsAreTheDueOnesThenFreshDraws() {
        for (JsonNode v : cases("items")) {
            RoleId subject = RoleId.of(bytes(v.get("subject")));
            List<Bytes> due =
                    list(v.get("due")).map(InspectionVectorsTest::bytes).toList();
            DealList deals =
                    DealList.of(list(v.get("deals")).map(JsonNode::longValue).toList());

            List<Item> items = Item.draw(
                    SEED, EPOCH.epoch(), subject, due, deals, v.get("count").intValue());

            assertThat(items.stream().map(Item::id).toList())
                    .as("%s", v)
                    .isEqualTo(list(v.get("items"))
                            .map(InspectionVectorsTest::bytes)
                            .toList());
            assertThat(items).allSatisfy(item -> assertThat(Item.of(item.id())).isEqualTo(item));
        }
    }

    @Test
    void committeesAreRankedByHash() {
        for (JsonNode v : cases("committees")) {
            List<Committee.Candidate> candidates =
                    candidates(v.get("candidates").intValue());
            Collections.shuffle(candidates, new Random(3));

            Committee committee = Committee.draw(
                    EPOCH,
                    RoleId.of(bytes(v.get("subject"))),
                    Optional.empty(),
                    candidates,
                    v.get("close").booleanValue(),
                    9);

            assertThat(numbers(committee.members())).as("%s", v).isEqualTo(numbers(v.get("members")));
            assertThat(numbers(committee.core())).as("%s", v).isEqualTo(numbers(v.get("core")));
        }
    }

    @Test
    void nobodyJudgesItsOwnNode() {
        AccountId owner = account(100);
        RoleId subject = RoleId.store(account(1));
        List<Committee.Candidate> candidates = List.of(
                new Committee.Candidate(account(1), Optional.empty(), false),
                new Committee.Candidate(account(2), Optional.of(owner), false),
                new Committee.Candidate(owner, Optional.empty(), true),
                new Committee.Candidate(account(3), Optional.of(account(1)), false),
                new Committee.Candidate(account(4), Optional.of(account(101)), false));

        assertThat(Committee.draw(EPOCH, subject, Optional.of(owner), candidates, true, 9)
                        .members())
                .containsExactly(account(4));
        assertThat(Committee.draw(EPOCH, subject, Optional.empty(), candidates, false, 9)
                        .members())
                .containsExactly(account(2), account(4), owner);
    }

    @Test
    void walksFollowTheDrawnByte() {
        for (JsonNode v : cases("walks"))
            assertThat(Walk.next(
                            hash(v.get("walk")),
                            v.get("depth").intValue(),
                            list(v.get("sizes")).map(JsonNode::longValue).toList()))
                    .as("%s", v)
                    .isEqualTo(v.get("next").intValue());
    }

    @Test
    void walksEndAtALeafOrAtTheGreatestDepth() {
        assertThat(Walk.goesOn(0, 1)).isTrue();
        assertThat(Walk.goesOn(3, 0)).isFalse();
        assertThat(Walk.goesOn(Walk.DEPTH_MAX, 5)).isFalse();
        assertThatThrownBy(() -> Walk.next(SEED, 0, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void receiptsAskEachInspectorForItsOwnLeaf() {
        for (JsonNode v : cases("receipts")) {
            Piece piece = pieceWithLeaves(v.get("leaves").longValue());
            long leaf = Receipt.leaf(
                    SEED,
                    RoleId.of(bytes(v.get("inspector"))).account(),
                    RoleId.of(bytes(v.get("subject"))),
                    v.get("item").intValue(),
                    piece);
            assertThat(leaf).as("%s", v).isEqualTo(v.get("leaf").longValue());
        }
        JsonNode digest = ALL.get("receipt_digest");
        LeafProof proof = new LeafProof(
                0,
                hash(digest.get("leaf")),
                list(digest.get("path")).map(InspectionVectorsTest::hash).toList());
        assertThat(Receipt.digest(proof)).isEqualTo(hash(digest.get("digest")));
    }

    @Test
    void commitmentsHashVerdictsAndSalt() {
        for (JsonNode v : cases("commitments")) {
            List<Verdict> verdicts =
                    list(v.get("verdicts")).map(InspectionVectorsTest::verdict).toList();
            assertThat(Commitment.encode(verdicts)).isEqualTo(bytes(v.get("scale")));
            assertThat(Commitment.of(verdicts, hash(v.get("salt")))).isEqualTo(hash(v.get("hash")));
        }
    }

    @Test
    void attestationsHashEntriesAndState() {
        for (JsonNode v : cases("attestations")) {
            List<ReputationChange> entries = list(v.get("entries"))
                    .map(e -> new ReputationChange(
                            role(e.get(0)),
                            account(e.get(1).intValue()),
                            e.get(2).intValue(),
                            Standing.values()[e.get(3).intValue()],
                            e.get(4).intValue()))
                    .toList();
            assertThat(Commitment.encodeChanges(entries)).isEqualTo(bytes(v.get("scale")));
            assertThat(Commitment.of(new Changes(hash(v.get("state")), entries)))
                    .isEqualTo(hash(v.get("digest")));
        }
    }

    /** A piece whose data fills exactly so many leaves. */
    private static Piece pieceWithLeaves(long leaves) {
        int height = Math.max(2, 64 - Long.numberOfLeadingZeros(leaves - 1));
        long payload = leaves * 32 * 127 / 128;
        Piece piece = new Piece(SEED, height, Piece.capacity(height) - payload);
        assertThat(piece.leafCount()).isEqualTo(leaves);
        return piece;
    }

    private static List<Committee.Candidate> candidates(int count) {
        return new ArrayList<>(IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Committee.Candidate(account(i), Optional.empty(), i <= 5))
                .toList());
    }

    private static Verdict verdict(JsonNode v) {
        int item = v.get(2).intValue();
        Outcome outcome = switch (v.get(3).textValue()) {
            case "Ok" -> new Outcome.Ok(receipt(item));
            case "WrongBytes" -> new Outcome.WrongBytes();
            case "Refused" -> new Outcome.Refused();
            case "AskBroken" -> new Outcome.AskBroken();
            case "Unreachable" -> new Outcome.Unreachable();
            default -> throw new AssertionError(v.toString());
        };
        return new Verdict(role(v.get(0)), account(v.get(1).intValue()), item, outcome);
    }

    private static Hash receipt(int item) {
        return stella.protocol.Digests.blake2b256(Bytes.utf8("receipt"), Bytes.of((byte) item));
    }

    private static Role role(JsonNode index) {
        return Role.values()[index.intValue()];
    }

    private static AccountId account(int number) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) number);
        return AccountId.of(bytes);
    }

    private static List<Integer> numbers(SortedSet<AccountId> accounts) {
        return accounts.stream().map(account -> account.bytes().at(0)).toList();
    }

    private static List<Integer> numbers(JsonNode node) {
        return list(node).map(JsonNode::intValue).toList();
    }

    private static Bytes bytes(JsonNode node) {
        return Bytes.hex(node.textValue());
    }

    private static Hash hash(JsonNode node) {
        return Hash.hex(node.textValue());
    }

    private static JsonNode cases(String name) {
        JsonNode cases = ALL.get(name);
        assertThat(cases).as(name).isNotEmpty();
        return cases;
    }

    private static java.util.stream.Stream<JsonNode> list(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }

    private static JsonNode read() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("vectors/inspection.json"))) {
            folder = folder.getParent();
            if (folder == null) throw new AssertionError("vectors/inspection.json is in no folder above this one");
        }
        try {
            return new ObjectMapper().readTree(Files.readString(folder.resolve("vectors/inspection.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
