package stella.devchain.trie;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import stella.protocol.Bytes;
import stella.protocol.Hash;

final class TrieTest {
    private static final Bytes KEY = Bytes.hex("26aa394e");

    @Test
    void emptyTrieHasTheRootEveryEmptyBlockShows() {
        assertThat(Trie.EMPTY.root())
                .isEqualTo(Hash.hex("03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314"));
    }

    @Test
    void valueOf33BytesIsHashedOnlyInVersion1() {
        Bytes longest = Bytes.owning(new byte[32]);
        Bytes hashed = Bytes.owning(new byte[33]);

        assertThat(put(longest, StateVersion.V0).root())
                .isEqualTo(put(longest, StateVersion.V1).root());
        assertThat(put(hashed, StateVersion.V0).root())
                .isNotEqualTo(put(hashed, StateVersion.V1).root());
    }

    @Test
    void valueWrittenUnderVersion0StaysWholeWhenOthersAreWrittenUnderVersion1() {
        Bytes value = Bytes.owning(new byte[40]);
        Bytes other = Bytes.hex("ff");

        Trie migrating = put(value, StateVersion.V0).put(other, value, StateVersion.V1);

        assertThat(migrating.remove(other).root())
                .isEqualTo(put(value, StateVersion.V0).root());
        assertThat(migrating.put(KEY, value, StateVersion.V1).remove(other).root())
                .isEqualTo(put(value, StateVersion.V1).root());
    }

    @Test
    void writingWhatIsThereAnswersTheSameTrie() {
        Trie trie = put(Bytes.hex("01"), StateVersion.V1);

        assertThat(trie.put(KEY, Bytes.hex("01"), StateVersion.V1)).isSameAs(trie);
        assertThat(trie.remove(Bytes.hex("27"))).isSameAs(trie);
    }

    @ParameterizedTest
    @EnumSource
    void anyHistoryOfWritesHasTheRootOfItsContent(StateVersion version) {
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            TreeMap<Bytes, Bytes> model = new TreeMap<>();
            Trie trie = Trie.EMPTY;
            for (int step = 0; step < 120; step++) {
                Bytes key = randomKey(random);
                if (random.nextInt(3) == 0) {
                    model.remove(key);
                    trie = trie.remove(key);
                } else {
                    Bytes value = randomBytes(random, random.nextInt(70));
                    model.put(key, value);
                    trie = trie.put(key, value, version);
                }
                if (step % 10 == 0)
                    assertThat(trie.root()).as("seed %s step %s", seed, step).isEqualTo(NaiveRoot.of(model, version));
            }
            assertThat(trie.root()).as("seed %s", seed).isEqualTo(NaiveRoot.of(model, version));
            assertThat(content(trie)).as("seed %s", seed).isEqualTo(model);
            for (int i = 0; i < 50; i++) {
                Bytes key = randomKey(random);
                assertThat(trie.nextKey(key)).as("seed %s key %s", seed, key).isEqualTo(model.higherKey(key));
                assertThat(trie.get(key)).as("seed %s key %s", seed, key).isEqualTo(model.get(key));
            }
        }
    }

    @Test
    void olderTrieIsNotChangedByLaterWrites() {
        Random random = new Random(7);
        Trie before = Trie.EMPTY;
        for (int i = 0; i < 200; i++) before = before.put(randomKey(random), randomBytes(random, 20), StateVersion.V1);
        SortedMap<Bytes, Bytes> content = content(before);

        Trie after = before;
        for (Bytes key : content.keySet()) after = after.remove(key);

        assertThat(after.isEmpty()).isTrue();
        assertThat(before.root()).isEqualTo(NaiveRoot.of(content, StateVersion.V1));
    }

    @Test
    void veryLongKeysOverflowTheCountOfNibbles() {
        TreeMap<Bytes, Bytes> model = new TreeMap<>();
        Trie trie = Trie.EMPTY;
        for (int length : new int[] {7, 8, 15, 16, 31, 32, 134, 135, 159, 160, 400}) {
            Bytes key = Bytes.concat(Bytes.hex("a0"), Bytes.owning(new byte[length]));
            trie = trie.put(key, Bytes.hex("01"), StateVersion.V1);
            model.put(key, Bytes.hex("01"));
            assertThat(trie.root()).as("length %s", length).isEqualTo(NaiveRoot.of(model, StateVersion.V1));
            assertThat(Trie.EMPTY
                            .put(key, Bytes.owning(new byte[50]), StateVersion.V1)
                            .root())
                    .isEqualTo(NaiveRoot.of(new TreeMap<>(Map.of(key, Bytes.owning(new byte[50]))), StateVersion.V1));
        }
    }

    @Test
    void orderedRootUsesCompactPositionsAsKeys() {
        TreeMap<Bytes, Bytes> model = new TreeMap<>();
        List<Bytes> values = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            Bytes value = Bytes.owning(new byte[i]);
            values.add(value);
            model.put(i < 64 ? Bytes.of((byte) (i * 4)) : Bytes.of((byte) (i * 4 + 1), (byte) (i / 64)), value);
        }

        assertThat(Trie.orderedRoot(values, StateVersion.V0)).isEqualTo(NaiveRoot.of(model, StateVersion.V0));
    }

    private static Trie put(Bytes value, StateVersion version) {
        return Trie.EMPTY.put(KEY, value, version);
    }

    private static SortedMap<Bytes, Bytes> content(Trie trie) {
        TreeMap<Bytes, Bytes> content = new TreeMap<>();
        trie.forEach(content::put);
        return content;
    }

    /** Few distinct bytes, so that keys share prefixes and are prefixes of one another. */
    private static Bytes randomKey(Random random) {
        byte[] key = new byte[random.nextInt(5)];
        for (int i = 0; i < key.length; i++) key[i] = (byte) (random.nextInt(3) * 0x11 + random.nextInt(2));
        return Bytes.owning(key);
    }

    private static Bytes randomBytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Bytes.owning(bytes);
    }
}
