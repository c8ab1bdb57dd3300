package stella.devchain.host;

import static stella.devchain.host.HostEntry.action;
import static stella.devchain.host.HostEntry.function;

import org.jspecify.annotations.Nullable;
import stella.devchain.state.Overlay;
import stella.devchain.trie.StateVersion;
import stella.gateway.scale.ScaleException;
import stella.gateway.scale.ScaleReader;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.Bytes;

/** {@code ext_storage_*}: the top trie. */
final class StorageFunctions {
    private static final byte[] NONE = {0};

    private StorageFunctions() {}

    static @Nullable HostEntry find(String name) {
        return switch (name) {
            case "ext_storage_get_version_1" -> function("I:I", (guest, a) -> give(guest, get(guest, a[0])));
            case "ext_storage_read_version_1" ->
                function("IIi:I", (guest, a) -> read(guest, get(guest, a[0]), a[1], a[2]));
            case "ext_storage_set_version_1" ->
                action("II", (guest, a) -> guest.overlay().put(null, guest.bytes(a[0]), guest.bytes(a[1])));
            case "ext_storage_clear_version_1" ->
                action("I", (guest, a) -> guest.overlay().put(null, guest.bytes(a[0]), null));
            case "ext_storage_exists_version_1" -> function("I:i", (guest, a) -> get(guest, a[0]) == null ? 0 : 1);
            case "ext_storage_append_version_1" -> action("II", StorageFunctions::append);
            case "ext_storage_next_key_version_1" ->
                function("I:I", (guest, a) -> give(guest, guest.overlay().nextKey(null, guest.bytes(a[0]))));
            case "ext_storage_clear_prefix_version_1" ->
                action("I", (guest, a) -> guest.overlay().removePrefix(null, guest.bytes(a[0]), Long.MAX_VALUE));
            case "ext_storage_clear_prefix_version_2" ->
                function(
                        "II:I",
                        (guest, a) -> giveRemoval(
                                guest, guest.overlay().removePrefix(null, guest.bytes(a[0]), limit(guest, a[1]))));
            case "ext_storage_root_version_1" -> function(":I", (guest, a) -> root(guest, StateVersion.V0));
            case "ext_storage_root_version_2" ->
                function("i:I", (guest, a) -> root(guest, StateVersion.of((int) a[0])));
            case "ext_storage_start_transaction_version_1" ->
                action("", (guest, a) -> guest.overlay().begin());
            case "ext_storage_commit_transaction_version_1" ->
                action("", (guest, a) -> guest.overlay().commit());
            case "ext_storage_rollback_transaction_version_1" ->
                action("", (guest, a) -> guest.overlay().rollback());
            // Proofs are not recorded, which the runtime asks for by this number.
            case "ext_storage_proof_size_storage_proof_size_version_1" -> function(":I", (guest, a) -> -1);
            default -> null;
        };
    }

    private static @Nullable Bytes get(Guest guest, long key) {
        return guest.overlay().get(null, guest.bytes(key));
    }

    private static long root(Guest guest, StateVersion version) {
        return guest.give(guest.overlay().root(version).toArray());
    }

    /** Adds one encoded item to a SCALE vector; what is no vector is replaced, as in Substrate. */
    private static void append(Guest guest, long[] a) {
        Overlay overlay = guest.overlay();
        Bytes key = guest.bytes(a[0]);
        Bytes item = guest.bytes(a[1]);
        Bytes present = overlay.get(null, key);
        long count = 0;
        Bytes items = Bytes.EMPTY;
        if (present != null) {
            ScaleReader reader = new ScaleReader(present);
            try {
                count = reader.compact();
                items = present.slice(reader.position(), present.length());
            } catch (ScaleException e) {
                count = 0;
            }
        }
        ScaleWriter grown = new ScaleWriter(items.length() + item.length() + 5);
        overlay.put(null, key, grown.compact(count + 1).raw(items).raw(item).toBytes());
    }

    /** {@code Option<Vec<u8>>}. */
    static long give(Guest guest, @Nullable Bytes value) {
        if (value == null) return guest.give(NONE);
        return guest.give(new ScaleWriter(value.length() + 6).u8(1).bytes(value).toArray());
    }

    /** Copies the value from {@code offset} on into the guest's buffer; answers how long that rest is, as {@code Option<u32>}. */
    static long read(Guest guest, @Nullable Bytes value, long buffer, long offset) {
        if (value == null) return guest.give(NONE);
        int from = (int) Math.min(offset & 0xffff_ffffL, value.length());
        int length = (int) Math.min(buffer >>> 32, value.length() - from);
        guest.write((int) buffer, value.toArray(), from, length);
        return guest.give(new ScaleWriter(5).u8(1).u32(value.length() - from).toArray());
    }

    /** {@code Option<u32>}; no limit when absent. */
    static long limit(Guest guest, long option) {
        return new ScaleReader(guest.array(option)).option(ScaleReader::u32).orElse(Long.MAX_VALUE);
    }

    /** {@code KillStorageResult}. */
    static long giveRemoval(Guest guest, Overlay.Removal removal) {
        return guest.give(new ScaleWriter(5)
                .bool(removal.remaining())
                .u32(removal.visited())
                .toArray());
    }
}
