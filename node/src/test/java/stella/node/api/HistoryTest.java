package stella.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stella.node.api.document.BlockRange;
import stella.node.api.document.DealEvent;
import stella.protocol.Hash;
import stella.protocol.chain.Block;
import stella.protocol.chain.Event;

class HistoryTest {
    private static final Hash GENESIS = MemoryLedger.hash(0);

    @TempDir
    private Path folder;

    @Test
    void survivesARestart() throws IOException {
        try (History history = open(GENESIS)) {
            history.add(block(5, proof(1)));
            history.add(block(6));
        }

        try (History history = open(GENESIS)) {
            history.add(block(7, proof(1)));

            assertThat(history.of(1)).extracting(DealEvent::block).containsExactly(5L, 7L);
            assertThat(history.unwatched(5, 7)).isEmpty();
        }
    }

    @Test
    void notesABlockOnce() throws IOException {
        try (History history = open(GENESIS)) {
            history.add(block(5, proof(1)));
        }

        try (History history = open(GENESIS)) {
            history.add(block(5, proof(1)));

            assertThat(history.of(1)).hasSize(1);
        }
    }

    @Test
    void saysWhichBlocksItDidNotSee() throws IOException {
        try (History history = open(GENESIS)) {
            history.add(block(5, proof(1)));
        }
        try (History history = open(GENESIS)) {
            history.add(block(9));
        }

        try (History history = open(GENESIS)) {
            assertThat(history.unwatched(1, 20)).containsExactly(new BlockRange(1, 4), new BlockRange(6, 8));
            assertThat(history.unwatched(7, 7)).containsExactly(new BlockRange(7, 7));
            assertThat(history.unwatched(9, 20)).isEmpty();
            assertThat(history.of(1)).hasSize(1);
        }
    }

    @Test
    void forgetsAnotherNetwork() throws IOException {
        try (History history = open(GENESIS)) {
            history.add(block(5, proof(1)));
        }

        try (History history = open(MemoryLedger.hash(77))) {
            assertThat(history.of(1)).isEmpty();
            assertThat(history.unwatched(5, 5)).containsExactly(new BlockRange(5, 5));
        }
    }

    @Test
    void passesOverATornLine() throws IOException {
        try (History history = open(GENESIS)) {
            history.add(block(5, proof(1)));
        }
        Files.writeString(folder.resolve("history"), "{\"event\":{\"deal\":1,\"blo", StandardOpenOption.APPEND);

        try (History history = open(GENESIS)) {
            assertThat(history.of(1)).hasSize(1);
        }
    }

    @Test
    void isThereAfterTheProcessWasKilled() throws IOException {
        open(GENESIS).add(block(5, proof(1)));

        try (History history = open(GENESIS)) {
            assertThat(history.of(1)).hasSize(1);
        }
    }

    private History open(Hash genesis) throws IOException {
        return History.open(folder.resolve("history"), genesis);
    }

    private static Event proof(long deal) {
        return new Event.ProofAccepted(deal, FakeNetwork.STORE_1, 0, BigInteger.TEN);
    }

    private static Block block(long number, Event... events) {
        return new Block(number, MemoryLedger.hash(number), MemoryLedger.hash(number - 1), List.of(events));
    }
}
