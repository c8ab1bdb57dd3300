package stella.reputation;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import stella.protocol.Bytes;
import stella.protocol.role.Standing;

/**
 * The canonical bytes of a state: one state, one encoding, in which every quantity is a little-endian number of fixed width.
 *
 * <pre>
 * state      version u8 = 1, epoch u32, count u32, subjects, count u32, inspectors, count u32, pairs
 * subject    id, kind u8, standing u8, alpha u64, beta u64, g u64, clean u64, gh u64, streak u32, k u32, since u32, settled u32,
 *            online u32, away u8, close u8, nclose u32, score u32, count u16, due ids, count u8, open items
 * open item  epoch u32, id, value u32
 * inspector  id, anchor u8, standing u8, derived u32, weight u32, online u32, age u32, low u32, k u32, until u32
 * pair       low u32, high u32, checks u64, conflicts u64, expected u64
 * id         length u8 (1 to 64), bytes
 * </pre>
 *
 * Subjects, inspectors and pairs ascend. The decoder accepts nothing else: no unknown version or value, no disorder, no rest.
 */
@SuppressWarnings("EnumOrdinal") // the ordinals of these enums are the encoding, here as in SCALE
public final class StateCodec {
    static final int VERSION = 1;
    private static final int ID_BYTES_MAX = 64;
    private static final int PAIR_BYTES = 32;

    private StateCodec() {}

    /** Bytes that are no state, with the reason. */
    public static final class MalformedState extends IllegalArgumentException {
        MalformedState(String reason) {
            super(reason);
        }

        MalformedState(String reason, Throwable cause) {
            super(reason, cause);
        }
    }

    public static Bytes encode(State state) {
        ByteBuffer out = ByteBuffer.allocate(size(state)).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) VERSION).putInt(state.epoch());
        out.putInt(state.subjects().size());
        state.subjects().forEach((id, subject) -> putSubject(out, id, subject));
        out.putInt(state.inspectors().size());
        state.inspectors().forEach((id, inspector) -> putInspector(out, id, inspector));
        putPairs(out, state.pairs());
        return Bytes.owning(out.array());
    }

    /** @throws MalformedState when {@code bytes} is not exactly the encoding of one state */
    public static State decode(Bytes bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes.toArray()).order(ByteOrder.LITTLE_ENDIAN);
        try {
            State state = state(in);
            if (in.hasRemaining()) throw new MalformedState(in.remaining() + " bytes follow the end of the state");
            return state;
        } catch (BufferUnderflowException e) {
            throw new MalformedState("the state ends early, after " + bytes.length() + " bytes", e);
        } catch (MalformedState e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new MalformedState("before byte " + in.position() + ": " + e.getMessage(), e);
        }
    }

    private static int size(State state) {
        long size = 1 + 4 + 4 + 4 + 4 + (long) PAIR_BYTES * state.pairs().count();
        for (var entry : state.subjects().entrySet()) {
            size += idSize(entry.getKey()) + 2 + 5 * 8 + 5 * 4 + 2 + 2 * 4 + 2 + 1;
            for (Bytes due : entry.getValue().due()) size += idSize(due);
            for (OpenItem open : entry.getValue().open()) size += 4 + idSize(open.item()) + 4;
        }
        for (Bytes id : state.inspectors().keySet()) size += idSize(id) + 2 + 7 * 4;
        return Math.toIntExact(size);
    }

    private static int idSize(Bytes id) {
        Range.check("length of identifier " + id, id.length(), 1, ID_BYTES_MAX);
        return 1 + id.length();
    }

    private static void putSubject(ByteBuffer out, Bytes id, SubjectState s) {
        putId(out, id);
        out.put((byte) s.kind().ordinal()).put((byte) s.standing().ordinal());
        out.putLong(s.alpha())
                .putLong(s.beta())
                .putLong(s.suspicion())
                .putLong(s.clean())
                .putLong(s.hardSuspicion());
        out.putInt(s.streak())
                .putInt(s.suspensions())
                .putInt(s.since())
                .putInt(s.settled())
                .putInt((int) s.online());
        putFlag(out, s.away());
        putFlag(out, s.close());
        out.putInt(s.closeLooks()).putInt((int) s.score());
        Range.check("count of due items", s.due().size(), 0, 0xffff);
        out.putShort((short) s.due().size());
        s.due().forEach(item -> putId(out, item));
        out.put((byte) s.open().size());
        for (OpenItem open : s.open()) {
            out.putInt(open.epoch());
            putId(out, open.item());
            out.putInt((int) open.value());
        }
    }

    private static void putInspector(ByteBuffer out, Bytes id, InspectorState i) {
        putId(out, id);
        putFlag(out, i.anchor());
        out.put((byte) i.standing().ordinal());
        out.putInt((int) i.derived()).putInt((int) i.weight()).putInt((int) i.online());
        out.putInt(i.age()).putInt(i.low()).putInt(i.suspensions()).putInt(i.until());
    }

    private static void putPairs(ByteBuffer out, Pairs pairs) {
        out.putInt(pairs.count());
        for (int i = 0; i < pairs.count(); i++) {
            out.putInt(pairs.low(i)).putInt(pairs.high(i));
            out.putLong(pairs.checks(i)).putLong(pairs.conflicts(i)).putLong(pairs.expected(i));
        }
    }

    private static void putId(ByteBuffer out, Bytes id) {
        out.put((byte) id.length()).put(id.toArray());
    }

    private static void putFlag(ByteBuffer out, boolean flag) {
        out.put((byte) (flag ? 1 : 0));
    }

    private static State state(ByteBuffer in) {
        int version = in.get() & 0xff;
        if (version != VERSION)
            throw new MalformedState("the state has version " + version + ", this node reads version " + VERSION);
        int epoch = in.getInt();
        TreeMap<Bytes, SubjectState> subjects = new TreeMap<>();
        for (int left = count(in); left > 0; left--) {
            Bytes id = idAbove(in, subjects);
            subjects.put(id, subject(in));
        }
        TreeMap<Bytes, InspectorState> inspectors = new TreeMap<>();
        for (int left = count(in); left > 0; left--) {
            Bytes id = idAbove(in, inspectors);
            inspectors.put(id, inspector(in));
        }
        return new State(epoch, subjects, inspectors, pairs(in));
    }

    private static SubjectState subject(ByteBuffer in) {
        SubjectKind kind = one(in, SubjectKind.values());
        Standing standing = one(in, Standing.values());
        long alpha = in.getLong();
        long beta = in.getLong();
        long suspicion = in.getLong();
        long clean = in.getLong();
        long hardSuspicion = in.getLong();
        int streak = in.getInt();
        int suspensions = in.getInt();
        int since = in.getInt();
        int settled = in.getInt();
        int online = in.getInt();
        boolean away = flag(in);
        boolean close = flag(in);
        int closeLooks = in.getInt();
        int score = in.getInt();
        List<Bytes> due = new ArrayList<>();
        for (int left = in.getShort() & 0xffff; left > 0; left--) due.add(id(in));
        List<OpenItem> open = new ArrayList<>();
        for (int left = in.get() & 0xff; left > 0; left--) open.add(new OpenItem(in.getInt(), id(in), in.getInt()));
        return new SubjectState(
                kind,
                standing,
                alpha,
                beta,
                suspicion,
                clean,
                hardSuspicion,
                streak,
                suspensions,
                since,
                settled,
                online,
                away,
                close,
                closeLooks,
                due,
                open,
                score);
    }

    private static InspectorState inspector(ByteBuffer in) {
        boolean anchor = flag(in);
        Standing standing = one(in, Standing.values());
        return new InspectorState(
                anchor,
                standing,
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getInt());
    }

    private static Pairs pairs(ByteBuffer in) {
        int count = count(in);
        if (count > in.remaining() / PAIR_BYTES) throw new BufferUnderflowException(); // before anything is allocated
        int[] low = new int[count];
        int[] high = new int[count];
        long[] checks = new long[count];
        long[] conflicts = new long[count];
        long[] expected = new long[count];
        for (int i = 0; i < count; i++) {
            low[i] = in.getInt();
            high[i] = in.getInt();
            checks[i] = in.getLong();
            conflicts[i] = in.getLong();
            expected[i] = in.getLong();
        }
        return new Pairs(low, high, checks, conflicts, expected);
    }

    private static int count(ByteBuffer in) {
        int count = in.getInt();
        Range.check("count", count, 0, Integer.MAX_VALUE);
        return count;
    }

    private static Bytes idAbove(ByteBuffer in, SortedMap<Bytes, ?> before) {
        Bytes id = id(in);
        if (!before.isEmpty() && before.lastKey().compareTo(id) >= 0)
            throw new MalformedState("identifier " + id + " does not ascend from " + before.lastKey());
        return id;
    }

    private static Bytes id(ByteBuffer in) {
        int length = in.get() & 0xff;
        Range.check("length of an identifier", length, 1, ID_BYTES_MAX);
        byte[] id = new byte[length];
        in.get(id);
        return Bytes.owning(id);
    }

    private static boolean flag(ByteBuffer in) {
        int flag = in.get() & 0xff;
        Range.check("flag", flag, 0, 1);
        return flag == 1;
    }

    private static <E> E one(ByteBuffer in, E[] values) {
        int index = in.get() & 0xff;
        Range.check("choice", index, 0, values.length - 1L);
        return values[index];
    }
}
