package stella.devchain.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import stella.devchain.trie.StateVersion;
import stella.protocol.Bytes;

/** An overlay behaves like a map of which a copy is made with every transaction. */
final class OverlayPropertyTest {
    private static final Bytes CHILD = Bytes.utf8("child");

    @Test
    void anyHistoryReadsLikeACopiedMap() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            State base = randomBase(random);
            Overlay overlay = new Overlay(base);
            Deque<TreeMap<StorageKey, Bytes>> copies = new ArrayDeque<>();
            TreeMap<StorageKey, Bytes> model = new TreeMap<>();
            base.forEach(model::put);
            for (int step = 0; step < 150; step++) {
                StorageKey key = randomKey(random);
                switch (random.nextInt(9)) {
                    case 0 -> {
                        overlay.begin();
                        copies.push(new TreeMap<>(model));
                    }
                    case 1 -> {
                        if (!copies.isEmpty()) {
                            overlay.commit();
                            copies.pop();
                        }
                    }
                    case 2 -> {
                        if (!copies.isEmpty()) {
                            overlay.rollback();
                            model = copies.pop();
                        }
                    }
                    case 3 -> {
                        overlay.put(key.child(), key.key(), null);
                        model.remove(key);
                    }
                    case 4 -> {
                        Bytes prefix = key.key().slice(0, Math.min(1, key.key().length()));
                        // The empty prefix of the top trie includes the roots of child tries and is refused.
                        if (key.child() == null && prefix.isEmpty()) continue;
                        overlay.removePrefix(key.child(), prefix, Long.MAX_VALUE);
                        model.keySet()
                                .removeIf(known ->
                                        sameArea(known, key) && known.key().startsWith(prefix));
                    }
                    default -> {
                        Bytes value = Bytes.of((byte) step, (byte) random.nextInt(3));
                        overlay.put(key.child(), key.key(), value);
                        model.put(key, value);
                    }
                }
                StorageKey asked = randomKey(random);
                assertThat(overlay.get(asked.child(), asked.key()))
                        .as("seed %s", seed)
                        .isEqualTo(model.get(asked));
                assertThat(nextKeyOfTheRuntime(overlay, asked))
                        .as("seed %s step %s after %s", seed, step, asked)
                        .isEqualTo(nextKey(model, asked));
            }
            overlay.rollbackTo(0);
            while (copies.size() > 0) model = copies.pop();
            TreeMap<StorageKey, Bytes> after = new TreeMap<>();
            overlay.apply(StateVersion.V1).forEach(after::put);
            assertThat(after).as("seed %s", seed).isEqualTo(model);
        }
    }

    @Test
    void changesBackLeadToTheSameRoot() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            State base = randomBase(random);
            Overlay overlay = new Overlay(base);
            for (int i = 0; i < 30; i++) {
                StorageKey key = randomKey(random);
                overlay.put(key.child(), key.key(), random.nextBoolean() ? null : Bytes.of((byte) i));
            }
            State after = overlay.apply(StateVersion.V1);

            StorageChanges back = overlay.changes().inverse(base);

            assertThat(after.apply(back, StateVersion.V1).root())
                    .as("seed %s", seed)
                    .isEqualTo(base.root());
        }
    }

    @Test
    void limitCountsKeysOfTheBaseOnlyAndTheRestIsLeft() {
        Overlay before = new Overlay(State.EMPTY);
        for (int i = 0; i < 5; i++) before.put(null, Bytes.of((byte) 7, (byte) i), Bytes.of((byte) 1));
        Overlay overlay = new Overlay(before.apply(StateVersion.V1));
        overlay.put(null, Bytes.of((byte) 7, (byte) 100), Bytes.of((byte) 1));

        Overlay.Removal removal = overlay.removePrefix(null, Bytes.of((byte) 7), 3);

        assertThat(removal).isEqualTo(new Overlay.Removal(3, true));
        assertThat(overlay.nextKey(null, Bytes.of((byte) 7))).isEqualTo(Bytes.of((byte) 7, (byte) 3));
        assertThat(overlay.get(null, Bytes.of((byte) 7, (byte) 100))).isNull();
    }

    @Test
    void rootOfAChildTrieStandsInTheTopTrie() {
        Overlay overlay = new Overlay(State.EMPTY);
        overlay.put(CHILD, Bytes.utf8("key"), Bytes.utf8("value"));

        State state = overlay.apply(StateVersion.V1);

        Bytes rootKey = Bytes.concat(Bytes.utf8(":child_storage:default:"), CHILD);
        assertThat(state.get(rootKey))
                .isEqualTo(overlay.childRoot(CHILD, StateVersion.V1).bytes());
        Overlay emptying = new Overlay(state);
        emptying.put(CHILD, Bytes.utf8("key"), null);
        assertThat(emptying.apply(StateVersion.V1).root()).isEqualTo(State.EMPTY.root());
    }

    @Test
    void runtimeCannotWriteRootsOfChildTries() {
        Overlay overlay = new Overlay(State.EMPTY);

        overlay.put(null, Bytes.utf8(":child_storage:default:x"), Bytes.utf8("forged"));

        assertThat(overlay.changes().entries()).isEmpty();
    }

    @Test
    void closingATransactionThatIsNotOpenIsRefused() {
        Overlay overlay = new Overlay(State.EMPTY);

        assertThatThrownBy(overlay::commit).hasMessageContaining("none is open");
        assertThatThrownBy(overlay::rollback).hasMessageContaining("none is open");
    }

    private static State randomBase(Random random) {
        TreeMap<StorageKey, Optional<Bytes>> content = new TreeMap<>();
        for (int i = 0; i < 30; i++) content.put(randomKey(random), Optional.of(Bytes.of((byte) i)));
        return State.EMPTY.apply(new StorageChanges(content), StateVersion.V1);
    }

    private static StorageKey randomKey(Random random) {
        byte[] key = new byte[random.nextInt(3)];
        for (int i = 0; i < key.length; i++) key[i] = (byte) (random.nextInt(4) * 5);
        return new StorageKey(random.nextInt(3) == 0 ? CHILD : null, Bytes.owning(key));
    }

    /** The roots of child tries, which stand in the top trie, are no keys of the model. */
    private static @Nullable Bytes nextKeyOfTheRuntime(Overlay overlay, StorageKey asked) {
        Bytes next = overlay.nextKey(asked.child(), asked.key());
        return next != null && next.startsWith(State.CHILD_ROOTS) ? overlay.nextKey(asked.child(), next) : next;
    }

    private static @Nullable Bytes nextKey(NavigableMap<StorageKey, Bytes> model, StorageKey key) {
        StorageKey next = model.higherKey(key);
        return next != null && sameArea(next, key) ? next.key() : null;
    }

    private static boolean sameArea(StorageKey left, StorageKey right) {
        return Optional.ofNullable(left.child()).equals(Optional.ofNullable(right.child()));
    }
}
