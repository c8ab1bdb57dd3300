package stella.roles.inspector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.Hash;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.cid.Multihash;
import stella.protocol.inspection.Item;
import stella.protocol.inspection.Outcome;
import stella.protocol.inspection.Walk;
import stella.protocol.possession.LeafProof;
import stella.protocol.unixfs.DagPb;
import stella.protocol.unixfs.Link;
import stella.roles.Transfer.Answer;
import stella.roles.Transfer.Possession;
import stella.roles.inspector.Inspection.Step;

class InspectionTest {
    private static final Content CONTENT = Content.random(3);
    private static final Item ITEM = new Item(1, Digests.blake2b256(Bytes.utf8("walk")));
    private static final Inspection INSPECTION =
            Inspection.of(ITEM, CONTENT.root().toBytes(), CONTENT.piece(), 5, Optional.empty());

    @Test
    void walksFromTheRootToALeafAndThenAsksForTheReceipt() {
        List<Cid> way = new ArrayList<>();
        Step step = INSPECTION.begin();
        while (step instanceof Step.AskBlock asked) {
            way.add(asked.cid());
            step = INSPECTION.onBlock(asked, served(asked));
        }

        assertThat(way).hasSize(3).startsWith(CONTENT.root());
        assertThat(way.getLast().codec()).isEqualTo(Codec.RAW);
        assertThat(step).isEqualTo(new Step.AskReceipt());
    }

    @Test
    void differentWalksReachDifferentLeaves() {
        Map<Cid, Integer> reached = new TreeMap<>();
        for (int i = 0; i < 200; i++) {
            Hash walk = Digests.blake2b256(Bytes.of((byte) i));
            Inspection inspection =
                    Inspection.of(new Item(1, walk), CONTENT.root().toBytes(), CONTENT.piece(), 0, Optional.empty());
            Step step = inspection.begin();
            Cid last = CONTENT.root();
            while (step instanceof Step.AskBlock asked) {
                last = asked.cid();
                step = inspection.onBlock(asked, served(asked));
            }
            reached.merge(last, 1, Integer::sum);
        }

        assertThat(reached).hasSize(12);
    }

    @Test
    void aReceiptThatLeadsToThePieceIsOk() {
        List<LeafProof> proof = CONTENT.prove(List.of(5L));

        assertThat(INSPECTION.onReceipt(new Possession.Proven(proof))).isEqualTo(new Step.Served(proof.getFirst()));
    }

    @Test
    void aReceiptForAnotherLeafOrWithOtherBytesIsNone() {
        LeafProof proof = CONTENT.prove(List.of(5L)).getFirst();
        LeafProof forged = new LeafProof(5, Hash.ZERO, proof.path());
        Step wrong = new Step.Done(new Outcome.WrongBytes());

        assertThat(INSPECTION.onReceipt(new Possession.Proven(CONTENT.prove(List.of(6L)))))
                .isEqualTo(wrong);
        assertThat(INSPECTION.onReceipt(new Possession.Proven(List.of(forged)))).isEqualTo(wrong);
        assertThat(INSPECTION.onReceipt(new Possession.Proven(List.of()))).isEqualTo(wrong);
        assertThat(INSPECTION.onReceipt(new Possession.Proven(List.of(proof, proof))))
                .isEqualTo(wrong);
    }

    @Test
    void bytesThatDoNotHashToTheirNameAreWrong() {
        Step.AskBlock asked = (Step.AskBlock) INSPECTION.begin();

        assertThat(INSPECTION.onBlock(asked, new Answer.Block(Bytes.utf8("something else"))))
                .isEqualTo(new Step.Done(new Outcome.WrongBytes()));
    }

    @Test
    void refusalAndSilenceAreToldApart() {
        Step.AskBlock asked = (Step.AskBlock) INSPECTION.begin();

        assertThat(INSPECTION.onBlock(asked, new Answer.Refused(404, "")))
                .isEqualTo(new Step.Done(new Outcome.Refused()));
        assertThat(INSPECTION.onBlock(asked, new Answer.Unreachable("")))
                .isEqualTo(new Step.Done(new Outcome.Unreachable()));
        assertThat(INSPECTION.onReceipt(new Possession.Refused(404, "")))
                .isEqualTo(new Step.Done(new Outcome.Refused()));
        assertThat(INSPECTION.onReceipt(new Possession.Unreachable("")))
                .isEqualTo(new Step.Done(new Outcome.Unreachable()));
    }

    @Test
    void aHashFunctionNobodyCanCheckAccusesNobody() {
        Cid unknown =
                Cid.v1(Codec.RAW, new Multihash(0x1e, CONTENT.root().hash().digest()));

        assertThat(Inspection.of(ITEM, unknown.toBytes(), CONTENT.piece(), 0, Optional.empty())
                        .begin())
                .isInstanceOf(Step.Impossible.class);
    }

    @Test
    void contentThatIsNoCidIsTheClientsMistake() {
        assertThatThrownBy(() -> Inspection.of(ITEM, Bytes.utf8("x"), CONTENT.piece(), 0, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBlockThatIsNotOfItsFormEndsTheWalk() {
        Bytes noise = Bytes.utf8("no dag-pb at all");
        Cid cid = Cid.of(Codec.DAG_PB, noise);
        Inspection inspection = Inspection.of(ITEM, cid.toBytes(), CONTENT.piece(), 0, Optional.empty());

        assertThat(inspection.onBlock(new Step.AskBlock(cid, 0), new Answer.Block(noise)))
                .isEqualTo(new Step.AskReceipt());
    }

    @Test
    void anEndlessChainOfBlocksEndsAtTheGreatestDepth() {
        Bytes leaf = Bytes.utf8("leaf");
        Cid below = Cid.of(Codec.RAW, leaf);
        Map<Cid, Bytes> blocks = new TreeMap<>();
        blocks.put(below, leaf);
        for (int i = 0; i < 100; i++) {
            Bytes block = new DagPb(List.of(new Link(below, "", 1)), Bytes.EMPTY).encode();
            below = Cid.of(Codec.DAG_PB, block);
            blocks.put(below, block);
        }
        Inspection inspection = Inspection.of(ITEM, below.toBytes(), CONTENT.piece(), 0, Optional.empty());
        int asked = 0;
        Step step = inspection.begin();
        while (step instanceof Step.AskBlock ask) {
            asked++;
            step = inspection.onBlock(ask, new Answer.Block(blocks.getOrDefault(ask.cid(), Bytes.EMPTY)));
        }

        assertThat(asked).isEqualTo(Walk.DEPTH_MAX + 1);
        assertThat(step).isEqualTo(new Step.AskReceipt());
    }

    @Test
    void aBlockThatStandsInItsNameIsNotAskedFor() {
        Cid inline = Cid.v1(Codec.RAW, new Multihash(Multihash.IDENTITY, Bytes.utf8("tiny")));

        assertThat(Inspection.of(ITEM, inline.toBytes(), CONTENT.piece(), 0, Optional.empty())
                        .begin())
                .isEqualTo(new Step.AskReceipt());
    }

    private static Answer served(Step.AskBlock asked) {
        return new Answer.Block(CONTENT.blocks().getOrDefault(asked.cid(), Bytes.EMPTY));
    }
}
