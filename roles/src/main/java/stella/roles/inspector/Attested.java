package stella.roles.inspector;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.inspection.Commitment;
import stella.protocol.role.Changes;
import stella.protocol.role.ReputationChange;
import stella.protocol.role.Role;
import stella.protocol.role.RoleId;
import stella.protocol.role.Standing;
import stella.reputation.State;
import stella.reputation.StateCodec;

/**
 * A state with all that its attestation covers: whoever holds it can show that a quorum adopted it, and a node that joins late can
 * start from it without trusting who sent it (RE-2).
 *
 * @param epoch whose evidence made the state
 * @param changes what the chain took over; its {@link Changes#state} is the digest of {@code state}
 */
public record Attested(long epoch, State state, Changes changes) {
    /** What another Inspector may send: a state of 100,000 subjects and 1,000 Inspectors is below it. */
    public static final int BYTES_MAX = 64 << 20;

    private static final byte VERSION = 1;
    private static final int ENTRY_BYTES = RoleId.LENGTH + 4 + 1 + 4;

    /** The name under which it is published; what the chain keeps in {@code Adopted}. */
    public Hash digest() {
        return Commitment.of(changes);
    }

    boolean is(Settled settled) {
        return epoch == settled.epoch() && digest().equals(settled.digest());
    }

    /**
     * The published form, little-endian: version u8, epoch u32, count u32, entries (role u8, account, score u32, standing u8, weight
     * u32), then the canonical state to the end.
     */
    @SuppressWarnings("EnumOrdinal") // the ordinals are the indices in SCALE
    public Bytes encode() {
        ByteBuffer out = ByteBuffer.allocate(9 + changes.entries().size() * ENTRY_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(VERSION)
                .putInt((int) epoch)
                .putInt(changes.entries().size());
        for (ReputationChange entry : changes.entries())
            out.put(new RoleId(entry.role(), entry.account()).bytes().toArray())
                    .putInt(entry.scorePpm())
                    .put((byte) entry.standing().ordinal())
                    .putInt(entry.weightPpm());
        return Bytes.concat(Bytes.owning(out.array()), StateCodec.encode(state));
    }

    /** Reads what somebody sent; empty when it is anything but what the chain adopted. */
    static Optional<Attested> read(Bytes sent, Settled adopted) {
        try {
            Attested attested = decode(sent);
            boolean genuine = attested.is(adopted) && attested.changes.state().equals(attested.state.digest());
            return genuine ? Optional.of(attested) : Optional.empty();
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static Attested decode(Bytes bytes) {
        if (bytes.length() > BYTES_MAX) throw new IllegalArgumentException("a state has at most 64 MiB");
        ByteBuffer in = ByteBuffer.wrap(bytes.toArray()).order(ByteOrder.LITTLE_ENDIAN);
        if (in.get() != VERSION) throw new IllegalArgumentException("a published state of an unknown version");
        long epoch = Integer.toUnsignedLong(in.getInt());
        int count = in.getInt();
        if (count < 0 || count > Evaluation.CHANGES_MAX)
            throw new IllegalArgumentException("a result changes 0 to " + Evaluation.CHANGES_MAX + " entries");
        List<ReputationChange> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) entries.add(entry(in));
        Bytes rest = bytes.slice(in.position(), bytes.length());
        State state = StateCodec.decode(rest);
        return new Attested(epoch, state, new Changes(state.digest(), entries));
    }

    @SuppressWarnings("EnumOrdinal") // the indices are those in SCALE
    private static ReputationChange entry(ByteBuffer in) {
        int role = in.get() & 0xff;
        byte[] account = new byte[AccountId.LENGTH];
        in.get(account);
        int score = in.getInt();
        int standing = in.get() & 0xff;
        if (role >= Role.values().length || standing >= Standing.values().length)
            throw new IllegalArgumentException("no role " + role + " or no standing " + standing);
        return new ReputationChange(
                Role.values()[role], AccountId.of(account), score, Standing.values()[standing], in.getInt());
    }
}
