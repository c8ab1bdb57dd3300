package stella.roles.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.roles.fakes.Samples;

/** FE-3: bounded by bytes. */
class BlockCacheTest {
    private static final int SIZE = 1000;
    private static final int COST = SIZE + BlockCache.ENTRY_BYTES;

    private static Bytes block(int seed) {
        return Bytes.of(Samples.data(seed, SIZE));
    }

    private static Cid cid(Bytes block) {
        return Cid.of(Codec.RAW, block);
    }

    private static void put(BlockCache cache, Bytes block) {
        cache.put(cid(block), block);
    }

    @Test
    void givesBackWhatWasPut() {
        BlockCache cache = new BlockCache(10_000);

        put(cache, block(1));

        assertThat(cache.get(cid(block(1)))).contains(block(1));
        assertThat(cache.get(cid(block(2)))).isEmpty();
    }

    @Test
    void neverTakesMoreBytesThanItMay() {
        BlockCache cache = new BlockCache(3 * COST);

        for (int i = 0; i < 50; i++) {
            put(cache, block(i));
            assertThat(cache.bytes()).isLessThanOrEqualTo(3 * COST);
        }

        assertThat(cache.bytes()).isEqualTo(3 * COST);
    }

    @Test
    void drivesOutWhatWasUsedLongestAgo() {
        BlockCache cache = new BlockCache(2 * COST);
        put(cache, block(1));
        put(cache, block(2));
        cache.get(cid(block(1)));

        put(cache, block(3));

        assertThat(cache.get(cid(block(1)))).isPresent();
        assertThat(cache.get(cid(block(2)))).isEmpty();
        assertThat(cache.get(cid(block(3)))).isPresent();
    }

    @Test
    void countsABlockOnceThatIsPutTwice() {
        BlockCache cache = new BlockCache(2 * COST);

        put(cache, block(1));
        put(cache, block(1));

        assertThat(cache.bytes()).isEqualTo(COST);
    }

    @Test
    void keepsTheOthersWhenABlockIsLargerThanTheCache() {
        BlockCache cache = new BlockCache(2 * COST);
        put(cache, block(1));
        Bytes huge = Bytes.of(Samples.data(9, 5 * SIZE));

        put(cache, huge);

        assertThat(cache.get(cid(huge))).isEmpty();
        assertThat(cache.get(cid(block(1)))).isPresent();
    }

    @Test
    void boundsEmptyBlocksUnderManyNames() {
        BlockCache cache = new BlockCache(10L * BlockCache.ENTRY_BYTES);

        for (long codec = 1; codec < 1000; codec++) cache.put(Cid.of(codec, Bytes.EMPTY), Bytes.EMPTY);

        assertThat(cache.bytes()).isEqualTo(10L * BlockCache.ENTRY_BYTES);
    }
}
