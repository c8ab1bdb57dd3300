package stella.devchain.host;

import org.jspecify.annotations.Nullable;
import stella.devchain.state.Overlay;
import stella.devchain.trie.StateVersion;
import stella.protocol.Bytes;

/** {@code ext_default_child_storage_*}: child tries, named by their first argument. */
final class ChildStorageFunctions {
    private ChildStorageFunctions() {}

    static void addTo(HostTable table) {
        table.function(
                        "ext_default_child_storage_get_version_1",
                        "II:I",
                        (guest, a) -> StorageFunctions.give(guest, get(guest, a)))
                .function(
                        "ext_default_child_storage_read_version_1",
                        "IIIi:I",
                        (guest, a) -> StorageFunctions.read(guest, get(guest, a), a[2], a[3]))
                .action(
                        "ext_default_child_storage_set_version_1",
                        "III",
                        (guest, a) -> guest.overlay().put(guest.bytes(a[0]), guest.bytes(a[1]), guest.bytes(a[2])))
                .action(
                        "ext_default_child_storage_clear_version_1",
                        "II",
                        (guest, a) -> guest.overlay().put(guest.bytes(a[0]), guest.bytes(a[1]), null))
                .function(
                        "ext_default_child_storage_exists_version_1",
                        "II:i",
                        (guest, a) -> get(guest, a) == null ? 0 : 1)
                .function(
                        "ext_default_child_storage_next_key_version_1",
                        "II:I",
                        (guest, a) -> StorageFunctions.give(
                                guest, guest.overlay().nextKey(guest.bytes(a[0]), guest.bytes(a[1]))))
                .action(
                        "ext_default_child_storage_storage_kill_version_1",
                        "I",
                        (guest, a) -> remove(guest, a[0], Bytes.EMPTY, Long.MAX_VALUE))
                .function(
                        "ext_default_child_storage_storage_kill_version_2",
                        "II:i",
                        (guest, a) -> remove(guest, a[0], Bytes.EMPTY, StorageFunctions.limit(guest, a[1]))
                                        .remaining()
                                ? 0
                                : 1)
                .function(
                        "ext_default_child_storage_storage_kill_version_3",
                        "II:I",
                        (guest, a) -> StorageFunctions.giveRemoval(
                                guest, remove(guest, a[0], Bytes.EMPTY, StorageFunctions.limit(guest, a[1]))))
                .action(
                        "ext_default_child_storage_clear_prefix_version_1",
                        "II",
                        (guest, a) -> remove(guest, a[0], guest.bytes(a[1]), Long.MAX_VALUE))
                .function(
                        "ext_default_child_storage_clear_prefix_version_2",
                        "III:I",
                        (guest, a) -> StorageFunctions.giveRemoval(
                                guest, remove(guest, a[0], guest.bytes(a[1]), StorageFunctions.limit(guest, a[2]))))
                .function(
                        "ext_default_child_storage_root_version_1",
                        "I:I",
                        (guest, a) -> root(guest, a[0], StateVersion.V0))
                .function(
                        "ext_default_child_storage_root_version_2",
                        "Ii:I",
                        (guest, a) -> root(guest, a[0], StateVersion.of((int) a[1])));
    }

    private static @Nullable Bytes get(Guest guest, long[] a) {
        return guest.overlay().get(guest.bytes(a[0]), guest.bytes(a[1]));
    }

    private static Overlay.Removal remove(Guest guest, long child, Bytes prefix, long limit) {
        return guest.overlay().removePrefix(guest.bytes(child), prefix, limit);
    }

    private static long root(Guest guest, long child, StateVersion version) {
        return guest.give(guest.overlay().childRoot(guest.bytes(child), version).toArray());
    }
}
