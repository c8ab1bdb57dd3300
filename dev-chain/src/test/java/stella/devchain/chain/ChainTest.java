package stella.devchain.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import stella.devchain.TestRuntime;
import stella.gateway.scale.ScaleReader;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** Genesis and authoring, without a server. Every block here is executed once more by the runtime, see {@link TestRuntime}. */
final class ChainTest {
    private static final Bytes NOW = Bytes.hex("f0c365c3cf59d671eb72da0e7a4113c49f1f0515f462cdcf84e0f1d6045dfcbb");

    /** Slots of the recorded node's runtime, and of Stella's for development. */
    private static final long SLOT_MILLIS = 6_000;

    private static final long OWN_SLOT_MILLIS = 2;

    @Test
    void sameClockMakesTheSameBlocks() {
        assertThat(hashes(TestRuntime.CLOCK))
                .isEqualTo(hashes(TestRuntime.CLOCK))
                .doesNotHaveDuplicates();
    }

    @Test
    void timeInBlocksGrowsThoughTheClockStandsStill() {
        Chain chain = TestRuntime.chain(Archive.inMemory(), TestRuntime.CLOCK);

        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            chain.produce();
            times.add(time(chain));
        }

        assertThat(times).isSorted().doesNotHaveDuplicates();
        assertThat(times.getFirst()).isEqualTo(TestRuntime.CLOCK.millis());
    }

    @Test
    void clockThatGoesBackDoesNotStopTheChain() {
        Instant start = TestRuntime.CLOCK.instant();
        Instant[] now = {start};
        Chain chain = TestRuntime.chain(Archive.inMemory(), () -> now[0]);
        chain.produce();

        now[0] = start.minus(Duration.ofDays(1));

        assertThat(chain.produce().number()).isEqualTo(2);
    }

    @Test
    void presetThatTheRuntimeDoesNotHaveIsAnsweredWithThoseItHas() {
        assertThatThrownBy(() -> Genesis.fromPreset("x", "{}", TestRuntime.WASM, "nonsense", TestRuntime.LOADER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no genesis preset \"nonsense\"; it has [")
                .hasMessageContaining("development");
    }

    @Test
    void runtimeWithAuraIsAuthoredSlotBySlot() {
        Genesis genesis = NodeRecording.genesis();
        Instant[] now = {TestRuntime.CLOCK.instant()};
        BlockTree blocks = BlockTree.open(Archive.inMemory(), genesis, NodeRecording.LOADER);
        assertThat(blocks.genesis()).isEqualTo(NodeRecording.hashes().getFirst());
        Chain chain = new Chain(blocks, NodeRecording.LOADER, () -> now[0], true);

        Header first = chain.produce().header();
        Header second = chain.produce().header();
        now[0] = now[0].plus(Duration.ofMinutes(1));
        Header third = chain.produce().header();

        assertThat(slot(second)).isEqualTo(slot(first) + 1);
        assertThat(slot(third)).isEqualTo(slot(first) + 10);
    }

    @Test
    void blockIsMadeHoweverLateInItsSlotTheOneBeforeCame() {
        Instant late = TestRuntime.CLOCK.instant().plusMillis(SLOT_MILLIS - 1);
        BlockTree blocks = BlockTree.open(Archive.inMemory(), NodeRecording.genesis(), NodeRecording.LOADER);
        Chain chain = new Chain(blocks, NodeRecording.LOADER, () -> late, true);

        chain.produce();
        chain.produce();

        assertThat(time(chain)).isEqualTo(TestRuntime.CLOCK.millis() + SLOT_MILLIS);
    }

    @Test
    void timeOfABlockLiesInTheSlotItsHeaderNames() {
        Chain chain = TestRuntime.chain(Archive.inMemory(), TestRuntime.CLOCK);

        for (int i = 0; i < 3; i++) {
            Header header = chain.produce().header();
            assertThat(time(chain)).isEqualTo(slot(header) * OWN_SLOT_MILLIS);
        }
    }

    @Test
    void blocksWithoutAPauseRunAheadOfTheClockByTwoMillisecondsEach() {
        Chain chain = TestRuntime.chain(Archive.inMemory(), TestRuntime.CLOCK);

        for (int i = 0; i < 50; i++) chain.produce();

        assertThat(time(chain)).isEqualTo(TestRuntime.CLOCK.millis() + 49 * OWN_SLOT_MILLIS);
    }

    @Test
    void chainOfTwoAuthorsIsMadeToo() {
        Genesis local = Genesis.fromPreset("Local", "{}", TestRuntime.WASM, "local", TestRuntime.LOADER);
        BlockTree blocks = BlockTree.open(Archive.inMemory(), local, TestRuntime.LOADER);
        Chain chain = new Chain(blocks, TestRuntime.LOADER, TestRuntime.CLOCK, true);

        chain.produce();

        assertThat(chain.produce().number()).isEqualTo(2);
        Bytes authors = chain.call(chain.blocks().best().hash(), "AuraApi_authorities", Bytes.EMPTY)
                .orElseThrow();
        assertThat(authors.length()).as("two keys").isEqualTo(1 + 2 * 32);
    }

    @Test
    void callOfTheRuntimeLeavesNoTrace() {
        Chain chain = TestRuntime.chain(Archive.inMemory(), TestRuntime.CLOCK);
        Hash best = chain.blocks().best().hash();
        Hash root = chain.blocks().tip().state().root();

        chain.call(best, "Core_initialize_block", new Header(best, 1, Hash.ZERO, Hash.ZERO, List.of()).encode());

        assertThat(chain.blocks().tip().state().root()).isEqualTo(root);
        assertThat(chain.call(Hash.ZERO, "Core_version", Bytes.EMPTY)).isEmpty();
    }

    private static List<Hash> hashes(InstantSource clock) {
        Chain chain = TestRuntime.chain(Archive.inMemory(), clock);
        List<Hash> hashes = new ArrayList<>(List.of(chain.blocks().genesis()));
        for (int i = 0; i < 3; i++) hashes.add(chain.produce().hash());
        return hashes;
    }

    private static long time(Chain chain) {
        Bytes now = chain.blocks().tip().state().get(NOW);
        return new ScaleReader(now == null ? Bytes.EMPTY : now).u64();
    }

    private static long slot(Header header) {
        Bytes item = header.digest().getFirst();
        return new ScaleReader(item.slice(6, item.length())).u64();
    }
}
