package stella.devchain.host;

import static stella.devchain.host.HostEntry.action;
import static stella.devchain.host.HostEntry.function;

import org.jspecify.annotations.Nullable;
import stella.devchain.state.Overlay;
import stella.devchain.trie.StateVersion;
import stella.protocol.Bytes;

/** {@code ext_default_child_storage_*}: child tries, named by their first argument. */
final class ChildStorageFunctions {
    private ChildStorageFunctions() {}

    static @Nullable HostEntry find(String name) {
        return switch (name) {
            case "ext_default_child_storage_get_version_1" ->
                function("II:I", (guest, a) -> StorageFunctions.give(guest, get(guest, a)));
            case "ext_default_child_storage_read_version_1" ->
                function("IIIi:I", (guest, a) -> StorageFunctions.read(guest, get(guest, a), a[2], a[3]));
            case "ext_default_child_storage_set_version_1" ->
                action(
                        "III",
                        (guest, a) -> guest.overlay().put(guest.bytes(a[0]), guest.bytes(a[1]), guest.bytes(a[2])));
            case "ext_default_child_storage_clear_version_1" ->
                action("II", (guest, a) -> guest.overlay().put(guest.bytes(a[0]), guest.bytes(a[1]), null));
            case "ext_default_child_storage_exists_version_1" ->
                function("II:i", (guest, a) -> get(guest, a) == null ? 0 : 1);
            case "ext_default_child_storage_next_key_version_1" ->
                function(
                        "II:I",
                        (guest, a) -> StorageFunctions.give(
                                guest, guest.overlay().nextKey(guest.bytes(a[0]), guest.bytes(a[1]))));
            case "ext_default_child_storage_storage_kill_version_1" ->
                action("I", (guest, a) -> remove(guest, a[0], Bytes.EMPTY, Long.MAX_VALUE));
            case "ext_default_child_storage_storage_kill_version_2" ->
                function(
                        "II:i",
                        (guest, a) -> remove(guest, a[0], Bytes.EMPTY, StorageFunctions.limit(guest, a[1]))
                                        .remaining()
                                ? 0
                                : 1);
            case "ext_default_child_storage_storage_kill_version_3" ->
                function(
                        "II:I",
                        (guest, a) -> StorageFunctions.giveRemoval(
                                guest, remove(guest, a[0], Bytes.EMPTY, StorageFunctions.limit(guest, a[1]))));
            case "ext_default_child_storage_clear_prefix_version_1" ->
                action("II", (guest, a) -> remove(guest, a[0], guest.bytes(a[1]), Long.MAX_VALUE));
            case "ext_default_child_storage_clear_prefix_version_2" ->
                function(
                        "III:I",
                        (guest, a) -> StorageFunctions.giveRemoval(
                                guest, remove(guest, a[0], guest.bytes(a[1]), StorageFunctions.limit(guest, a[2]))));
            case "ext_default_child_storage_root_version_1" ->
                function("I:I", (guest, a) -> root(guest, a[0], StateVersion.V0));
            case "ext_default_child_storage_root_version_2" ->
                function("Ii:I", (guest, a) -> root(guest, a[0], StateVersion.of((int) a[1])));
            default -> null;
        };
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
