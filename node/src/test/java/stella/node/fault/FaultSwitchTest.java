package stella.node.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import stella.node.Seeded;
import stella.node.http.BlockSupply;
import stella.node.http.BlockSupply.Supplied;
import stella.node.http.LeafProver;
import stella.node.http.PieceShelf;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.piece.Piece;
import stella.protocol.possession.LeafProof;
import stella.roles.Transfer.Possession;
import stella.roles.Vault;
import stella.roles.Vault.Proving;

class FaultSwitchTest {
    private static final Bytes DATA = Bytes.utf8("hello world");
    private static final Cid CID = Cid.of(Codec.RAW, DATA);
    private static final Piece PIECE = new Piece(Hash.ZERO, 5, 0);
    private static final LeafProof PROOF = new LeafProof(1, Hash.ZERO, List.of());

    private final FaultSwitch faults = new FaultSwitch(Seeded.chance(4));
    private final BlockSupply blocks = faults.blocks((_, _) -> done(new Supplied.Block(DATA)));
    private final PieceShelf pieces = faults.pieces(_ -> done(Optional.of(new PieceShelf.PieceFile(Path.of("x"), 1))));
    private final LeafProver prover = faults.prover((_, _) -> done(new Possession.Proven(List.of(PROOF))));
    private final Vault vault = faults.vault(new HonestVault());

    @Test
    void withoutMisbehaviourAllIsPassedOn() {
        assertThat(block()).isEqualTo(new Supplied.Block(DATA));
        assertThat(now(pieces.find(PIECE))).isPresent();
        assertThat(challenge()).isEqualTo(new Possession.Proven(List.of(PROOF)));
        assertThat(proof()).isEqualTo(new Proving.Proven(List.of(PROOF)));
        assertThat(faults.isReachable()).isTrue();
    }

    @Test
    void droppingEverythingLeavesNothing() {
        faults.set(new Misbehaviour(100, 0, false, false, false));

        assertThat(block()).isInstanceOf(Supplied.Refused.class);
        assertThat(now(pieces.find(PIECE))).isEmpty();
        assertThat(challenge()).isInstanceOf(Possession.Refused.class);
        assertThat(proof()).isEqualTo(new Proving.Missing());
    }

    @Test
    void aShareIsDropped() {
        faults.set(new Misbehaviour(20, 0, false, false, false));
        int dropped = 0;
        for (int i = 0; i < 10_000; i++) if (block() instanceof Supplied.Refused) dropped++;

        assertThat(dropped).isBetween(1_800, 2_200);
    }

    @Test
    void aShareOfTheLeavesIsLostAndStaysLost() {
        faults.set(new Misbehaviour(20, 0, false, false, false));
        List<Long> lost = lostLeaves();

        assertThat(lost).hasSizeBetween(300, 500);
        assertThat(lostLeaves()).isEqualTo(lost);
        faults.set(new Misbehaviour(20, 0, false, false, false));
        assertThat(lostLeaves()).isNotEqualTo(lost);
    }

    @Test
    void aShareOfInspectorsIsRefusedWhileOthersAreServed() {
        faults.set(new Misbehaviour(0, 40, false, false, false));
        int refused = 0;
        for (int i = 0; i < 10_000; i++) {
            if (challenge() instanceof Possession.Refused) refused++;
            assertThat(block()).isInstanceOf(Supplied.Block.class);
            assertThat(proof()).isInstanceOf(Proving.Proven.class);
        }

        assertThat(refused).isBetween(3_800, 4_200);
    }

    @Test
    void corruptBytesAndProofsAreFalse() {
        faults.set(new Misbehaviour(0, 0, true, false, false));

        assertThat(block())
                .isInstanceOfSatisfying(
                        Supplied.Block.class,
                        block -> assertThat(CID.matches(block.data())).isFalse());
        assertThat(challenge()).isNotEqualTo(new Possession.Proven(List.of(PROOF)));
        assertThat(proof())
                .isInstanceOfSatisfying(
                        Proving.Proven.class,
                        proven -> assertThat(proven.leaves().getFirst().leaf()).isNotEqualTo(PROOF.leaf()));
    }

    @Test
    void aNodeThatIsOffProvesNothing() {
        faults.set(new Misbehaviour(0, 0, false, false, true));

        assertThat(proof()).isEqualTo(new Proving.Missing());
        assertThat(faults.isReachable()).isFalse();
    }

    @Test
    void goodConductComesBack() {
        faults.set(new Misbehaviour(100, 100, true, true, true));
        faults.set(Misbehaviour.NONE);

        assertThat(block()).isEqualTo(new Supplied.Block(DATA));
        assertThat(proof()).isEqualTo(new Proving.Proven(List.of(PROOF)));
    }

    @Test
    void keepingStaysHonest() {
        faults.set(new Misbehaviour(100, 100, true, true, true));

        assertThat(now(vault.keep(PIECE, DATA, "", (_, _) -> {}))).isEqualTo(new Vault.Intake.Kept(1));
        assertThat(vault.freeBytes()).isEqualTo(7);
    }

    @Test
    void sharesAreZeroToAHundred() {
        assertThatThrownBy(() -> new Misbehaviour(101, 0, false, false, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Misbehaviour(0, -1, false, false, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private List<Long> lostLeaves() {
        return LongStream.range(0, 2_000)
                .boxed()
                .filter(leaf -> now(vault.prove(PIECE, List.of(leaf))) instanceof Proving.Missing)
                .toList();
    }

    private Supplied block() {
        return now(blocks.block(CID.toString(), Optional.empty()));
    }

    private Possession challenge() {
        return now(prover.prove(PIECE, List.of(1L)));
    }

    private Proving proof() {
        return now(vault.prove(PIECE, List.of(1L)));
    }

    private static <T> CompletionStage<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }

    private static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static final class HonestVault implements Vault {
        @Override
        public CompletionStage<Intake> keep(Piece piece, Bytes content, String source, Progress progress) {
            return done(new Intake.Kept(1));
        }

        @Override
        public CompletionStage<Proving> prove(Piece piece, List<Long> leaves) {
            return done(new Proving.Proven(List.of(PROOF)));
        }

        @Override
        public CompletionStage<Boolean> discard(Piece piece) {
            return done(true);
        }

        @Override
        public CompletionStage<List<Piece>> pieces() {
            return done(List.of(PIECE));
        }

        @Override
        public long freeBytes() {
            return 7;
        }
    }
}
