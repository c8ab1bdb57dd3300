package stella.roles.inspector;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.inspection.Commitment;
import stella.protocol.inspection.HardEvidence;
import stella.protocol.inspection.Item;
import stella.protocol.inspection.Outcome;
import stella.protocol.inspection.Verdict;
import stella.protocol.inspection.VerdictId;
import stella.protocol.role.Changes;
import stella.protocol.role.ReputationChange;
import stella.protocol.role.ReputationEntry;
import stella.protocol.role.Role;
import stella.protocol.role.RoleId;
import stella.protocol.role.Standing;
import stella.reputation.ChangeRecord;
import stella.reputation.EpochFunction;
import stella.reputation.Evidence;
import stella.reputation.Reveals;
import stella.reputation.Sighting;
import stella.reputation.State;
import stella.reputation.SubjectKind;
import stella.roles.Ledger;

/**
 * What an epoch's evidence makes of reputation (RE-1), and what the chain is asked to take over (RE-2). Pure: every Inspector with
 * the same chain computes the same.
 *
 * @param epoch whose evidence was applied
 * @param state after it
 * @param changes what the first attestation carries
 * @param records why things changed
 */
public record Evaluation(long epoch, State state, Changes changes, List<ChangeRecord> records) {
    /** {@code MaxChanges} of the pallet. */
    static final int CHANGES_MAX = 512;

    public Evaluation {
        records = List.copyOf(records);
    }

    /** The result without the reasons: what can be shown to others once it is adopted. */
    public Attested attested() {
        return new Attested(epoch, state, changes);
    }

    /** What is attested. */
    public Hash digest() {
        return Commitment.of(changes);
    }

    /**
     * What the chain says at the block from which an epoch's evidence is complete.
     *
     * @param reveals verdicts as revealed
     * @param reputation adopted so far
     * @param voided verdicts that count for nothing: nobody answered for them (IN-8)
     */
    record Findings(
            Map<AccountId, List<Verdict>> reveals,
            Map<AccountId, HardEvidence> hard,
            Map<Ledger.Node, ReputationEntry> reputation,
            Set<VerdictId> voided) {
        /** Whether the chain has thrown a role out, for a forged receipt or by governance. */
        boolean isDisqualified(RoleId id) {
            ReputationEntry entry = reputation.get(new Ledger.Node(id.role(), id.account()));
            return entry != null && entry.standing() == Standing.DISQUALIFIED;
        }
    }

    /**
     * Applies the evidence of an epoch.
     *
     * @param adopted the state it is applied to
     * @param members population of the epoch
     * @param plan tasks of the epoch
     * @param present population at the block of {@code findings}: only they can change on chain
     */
    static Evaluation of(
            long epoch, State adopted, List<Member> members, Plan plan, Findings findings, List<Member> present) {
        EpochFunction.Result result = EpochFunction.apply(adopted, evidence(epoch, adopted, members, plan, findings));
        Changes changes = changes(result.state(), findings.reputation(), present);
        return new Evaluation(epoch, result.state(), changes, result.changes());
    }

    // --- evidence ---------------------------------------------------------------------------------------------------

    static Evidence evidence(long epoch, State adopted, List<Member> members, Plan plan, Findings findings) {
        Evidence.Builder evidence = Evidence.of(Math.toIntExact(epoch));
        TreeSet<Bytes> here = new TreeSet<>();
        for (Member member : members) {
            Bytes id = member.id().bytes();
            here.add(id);
            if (member.id().role() == Role.INSPECTOR) {
                if (!adopted.inspectors().containsKey(id))
                    evidence.inspectorJoins(id, member.anchor(), member.standing());
            } else if (!adopted.subjects().containsKey(id)) {
                SubjectKind kind = member.id().role() == Role.STORE ? SubjectKind.STORE : SubjectKind.FETCH;
                evidence.subjectJoins(id, kind, member.standing());
            }
            if (member.standing() == Standing.DISQUALIFIED || findings.isDisqualified(member.id()))
                evidence.slashed(id);
        }
        for (Bytes id : adopted.subjects().keySet()) if (!here.contains(id)) evidence.subjectLeaves(id);
        for (Bytes id : adopted.inspectors().keySet()) if (!here.contains(id)) evidence.inspectorLeaves(id);
        findings.hard()
                .forEach((store, hard) -> evidence.hard(RoleId.store(store).bytes(), hard));

        return evidence.reveals(reveals(Math.toIntExact(epoch), plan, findings)).build();
    }

    /** A void verdict is as if nothing had been revealed about the item. */
    private static Reveals reveals(int epoch, Plan plan, Findings findings) {
        Reveals reveals = new Reveals(
                epoch,
                plan.assignments().values().stream().map(Evaluation::assignment).toList());
        findings.reveals()
                .forEach((inspector, verdicts) -> reveals.add(
                        RoleId.inspector(inspector).bytes(),
                        epoch,
                        verdicts.stream()
                                .filter(verdict -> !findings.voided().contains(idOf(inspector, verdict)))
                                .map(verdict -> new Reveals.Claim(
                                        new RoleId(verdict.role(), verdict.subject()).bytes(),
                                        verdict.item(),
                                        sighting(verdict.outcome())))
                                .toList()));
        return reveals;
    }

    private static VerdictId idOf(AccountId inspector, Verdict verdict) {
        return new VerdictId(inspector, new RoleId(verdict.role(), verdict.subject()), verdict.item());
    }

    private static Sighting sighting(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Ok _ -> Sighting.OK;
            case Outcome.WrongBytes(), Outcome.Refused(), Outcome.AskBroken() -> Sighting.FAIL;
            case Outcome.Unreachable() -> Sighting.UNREACHABLE;
        };
    }

    private static Reveals.Assignment assignment(Plan.Assignment assignment) {
        Optional<SortedSet<Bytes>> core =
                assignment.closeLook() ? Optional.of(ids(assignment.committee().core())) : Optional.empty();
        return new Reveals.Assignment(
                assignment.subject().bytes(),
                assignment.items().stream().map(Item::id).toList(),
                ids(assignment.committee().members()),
                core);
    }

    private static SortedSet<Bytes> ids(SortedSet<AccountId> inspectors) {
        TreeSet<Bytes> ids = new TreeSet<>();
        for (AccountId inspector : inspectors)
            ids.add(RoleId.inspector(inspector).bytes());
        return ids;
    }

    // --- changes ----------------------------------------------------------------------------------------------------

    private record Difference(ReputationChange change, boolean ofStanding, long lastChanged) {}

    /** The differences between a state and the chain's map; see {@code docs/protocol/inspection.md}, Attestation. */
    static Changes changes(State state, Map<Ledger.Node, ReputationEntry> onChain, List<Member> present) {
        List<Difference> differences = new ArrayList<>();
        for (Member member : present) {
            @Nullable ReputationChange now = entry(member.id(), state);
            if (now == null) continue;
            ReputationEntry before =
                    onChain.get(new Ledger.Node(member.id().role(), member.id().account()));
            if (before == null) differences.add(new Difference(now, true, -1));
            else if (differs(before, now))
                differences.add(new Difference(now, before.standing() != now.standing(), before.epoch()));
        }
        List<ReputationChange> entries = differences.stream()
                .sorted(Comparator.comparing((Difference d) -> !d.ofStanding)
                        .thenComparingLong(Difference::lastChanged)
                        .thenComparing(d -> idOf(d.change)))
                .limit(CHANGES_MAX)
                .map(Difference::change)
                .sorted(Comparator.comparing(Evaluation::idOf))
                .toList();
        return new Changes(state.digest(), entries);
    }

    private static RoleId idOf(ReputationChange change) {
        return new RoleId(change.role(), change.account());
    }

    private static boolean differs(ReputationEntry before, ReputationChange now) {
        return before.scorePpm() != now.scorePpm()
                || before.standing() != now.standing()
                || before.weightPpm() != now.weightPpm();
    }

    /** What the chain should say of a role, or null when the state does not know it. */
    static @Nullable ReputationChange entry(RoleId id, State state) {
        if (id.role() == Role.INSPECTOR) {
            var inspector = state.inspectors().get(id.bytes());
            return inspector == null
                    ? null
                    : new ReputationChange(
                            id.role(), id.account(), (int) inspector.derived(), inspector.standing(), (int)
                                    inspector.weight());
        }
        var subject = state.subjects().get(id.bytes());
        return subject == null
                ? null
                : new ReputationChange(id.role(), id.account(), (int) subject.score(), subject.standing(), 0);
    }
}
