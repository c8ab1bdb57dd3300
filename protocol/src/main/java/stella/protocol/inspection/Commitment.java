package stella.protocol.inspection;

import java.util.List;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.Hash;
import stella.protocol.role.Changes;
import stella.protocol.role.ReputationChange;

/** What an Inspector puts on chain before it shows it (clauses IN-5, RE-2). */
@SuppressWarnings("EnumOrdinal") // ordinals are the indices in SCALE
public final class Commitment {
    private Commitment() {}

    /** {@code blake2b-256(SCALE(verdicts) || salt)}, for {@code commit_verdicts}. */
    public static Hash of(List<Verdict> verdicts, Hash salt) {
        return Digests.blake2b256(encode(verdicts), salt.bytes());
    }

    /** {@code blake2b-256(SCALE(entries) || state)}, for {@code attest_reputation}. */
    public static Hash of(Changes changes) {
        return Digests.blake2b256(
                encodeChanges(changes.entries()), changes.state().bytes());
    }

    /** SCALE of {@code Vec<Verdict>}. */
    public static Bytes encode(List<Verdict> verdicts) {
        Scale out = new Scale().length(verdicts.size());
        for (Verdict verdict : verdicts) {
            out.u8(verdict.role().ordinal()).bytes(verdict.subject().bytes()).bytes(Draw.u8(verdict.item()));
            switch (verdict.outcome()) {
                case Outcome.Ok ok -> out.u8(0).bytes(ok.receipt().bytes());
                case Outcome.WrongBytes() -> out.u8(1);
                case Outcome.Refused() -> out.u8(2);
                case Outcome.AskBroken() -> out.u8(3);
                case Outcome.Unreachable() -> out.u8(4);
            }
        }
        return out.toBytes();
    }

    /** SCALE of {@code Vec<ReputationChange>}. */
    static Bytes encodeChanges(List<ReputationChange> entries) {
        Scale out = new Scale().length(entries.size());
        for (ReputationChange entry : entries)
            out.u8(entry.role().ordinal())
                    .bytes(entry.account().bytes())
                    .u32(entry.scorePpm())
                    .u8(entry.standing().ordinal())
                    .u32(entry.weightPpm());
        return out.toBytes();
    }
}
