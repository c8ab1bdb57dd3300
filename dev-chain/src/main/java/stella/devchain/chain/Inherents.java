package stella.devchain.chain;

import java.util.List;
import org.jspecify.annotations.Nullable;
import stella.devchain.host.RuntimeCode;
import stella.devchain.state.Overlay;
import stella.devchain.state.State;
import stella.gateway.crypto.Twox;
import stella.gateway.scale.ScaleReader;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.Bytes;

/**
 * What an author adds to a block of its own accord: the time, and, for a runtime with Aura, the slot.
 *
 * @param timestampMillis the block's time in milliseconds since 1970, later than the parent's
 * @param slot the Aura slot, null for a runtime without Aura
 */
record Inherents(long timestampMillis, @Nullable Long slot) {
    private static final Bytes NOW = item("Timestamp", "Now");
    private static final Bytes CURRENT_SLOT = item("Aura", "CurrentSlot");
    private static final Bytes TIMESTAMP_ID = Bytes.utf8("timstap0");
    private static final Bytes AURA_ID = Bytes.utf8("auraslot");
    private static final Bytes AURA_ENGINE = Bytes.utf8("aura");
    private static final int PRE_RUNTIME = 6;
    private static final int EXTRINSICS_MAX = 1024;
    private static final int EXTRINSIC_BYTES_MAX = 16 << 20;

    /**
     * For the block after {@code parent}, when the clock shows {@code clockMillis}. A clock that stands still or goes back does no harm. A runtime with Aura
     * gets the start of the slot as time: the clock's slot, or where that one is taken already the next, so its time runs ahead of the clock when
     * blocks come faster than its slots. It also keeps half a slot from the parent's time, which is the least that such runtimes ask for.
     */
    static Inherents after(State parent, RuntimeCode code, long clockMillis) {
        long parentMillis = timeOf(parent);
        long slotMillis = slotMillis(parent, code);
        if (slotMillis == 0) return new Inherents(Math.max(clockMillis, parentMillis + 1), null);
        long afterParent = Math.max(
                number(parent, CURRENT_SLOT) + 1,
                Math.ceilDiv(parentMillis + Math.ceilDiv(slotMillis, 2L), slotMillis));
        long slot = Math.max(clockMillis / slotMillis, afterParent);
        return new Inherents(Math.multiplyExact(slot, slotMillis), slot);
    }

    /** How far the times of two blocks must be apart to differ, in milliseconds: a slot, or 1 for a runtime without Aura. */
    static long stepMillis(State parent, RuntimeCode code) {
        return Math.max(1, slotMillis(parent, code));
    }

    /** 0 for a runtime without Aura. */
    private static long slotMillis(State parent, RuntimeCode code) {
        if (code.version().api("AuraApi").isEmpty()) return 0;
        long millis = new ScaleReader(code.call("AuraApi_slot_duration", Bytes.EMPTY, new Overlay(parent))).u64();
        if (millis <= 0) throw new IllegalStateException("the runtime's Aura slots last " + millis + " ms");
        return millis;
    }

    /** The time of the block with this storage, in milliseconds since 1970; 0 for genesis. */
    static long timeOf(State state) {
        return number(state, NOW);
    }

    /** The digest items of the header before execution. */
    List<Bytes> digest() {
        if (slot == null) return List.of();
        Bytes encodedSlot = new ScaleWriter(8).u64(slot).toBytes();
        return List.of(new ScaleWriter(16)
                .u8(PRE_RUNTIME)
                .raw(AURA_ENGINE)
                .bytes(encodedSlot)
                .toBytes());
    }

    /** The extrinsics the runtime makes of these; what it writes meanwhile is discarded. */
    List<Bytes> extrinsics(RuntimeCode code, Overlay overlay) {
        overlay.begin();
        try {
            Bytes answer = code.call("BlockBuilder_inherent_extrinsics", data(), overlay);
            return new ScaleReader(answer).sequence(EXTRINSICS_MAX, Inherents::opaque);
        } finally {
            overlay.rollback();
        }
    }

    /** {@code InherentData}: 8-byte identifiers and their encoded values. */
    private Bytes data() {
        ScaleWriter data = new ScaleWriter(48)
                .compact(slot == null ? 1 : 2)
                .raw(TIMESTAMP_ID)
                .bytes(new ScaleWriter(8).u64(timestampMillis).toBytes());
        if (slot != null) data.raw(AURA_ID).bytes(new ScaleWriter(8).u64(slot).toBytes());
        return data.toBytes();
    }

    /** An extrinsic with its length still in front. */
    private static Bytes opaque(ScaleReader in) {
        return new ScaleWriter().bytes(in.bytes(EXTRINSIC_BYTES_MAX)).toBytes();
    }

    private static long number(State state, Bytes key) {
        Bytes value = state.get(key);
        return value == null ? 0 : new ScaleReader(value).u64();
    }

    private static Bytes item(String pallet, String name) {
        return Bytes.concat(
                Bytes.owning(Twox.twox128(Bytes.utf8(pallet).toArray())),
                Bytes.owning(Twox.twox128(Bytes.utf8(name).toArray())));
    }
}
