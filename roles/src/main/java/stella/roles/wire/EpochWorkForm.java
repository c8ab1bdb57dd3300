package stella.roles.wire;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import stella.protocol.Hash;
import stella.protocol.inspection.Committee;
import stella.protocol.inspection.EpochInfo;
import stella.protocol.inspection.Item;
import stella.protocol.inspection.Outcome;
import stella.protocol.role.RoleId;
import stella.roles.inspector.EpochWork;
import stella.roles.inspector.Fact;
import stella.roles.inspector.KeptReceipt;
import stella.roles.inspector.Member;
import stella.roles.inspector.Plan;
import stella.roles.wire.inspector.v1.AssignmentForm;
import stella.roles.wire.inspector.v1.EpochForm;
import stella.roles.wire.inspector.v1.FoundForm;
import stella.roles.wire.inspector.v1.KeptForm;
import stella.roles.wire.inspector.v1.MemberForm;
import stella.roles.wire.inspector.v1.WorkForm;

/** What an Inspector knows about one epoch, in protobuf form. */
final class EpochWorkForm {
    private EpochWorkForm() {}

    static EpochForm epoch(EpochInfo info, List<Member> members, Plan plan, Hash secret) {
        EpochForm.Builder form = EpochForm.newBuilder()
                .setEpoch(info.epoch())
                .setSeed(Wire.bytes(info.seed().bytes()))
                .setFirstBlock(info.firstBlock())
                .setSecret(Wire.bytes(secret.bytes()));
        for (Member member : members) {
            MemberForm.Builder one = MemberForm.newBuilder()
                    .setId(Wire.bytes(member.id().bytes()))
                    .setEndpoint(member.endpoint())
                    .setAnchor(member.anchor())
                    .setStanding(Wire.index(member.standing()));
            member.operator().ifPresent(owner -> one.setOperator(Wire.account(owner)));
            form.addMembers(one);
        }
        for (Plan.Assignment assignment : plan.assignments().values()) form.addAssignments(of(assignment));
        return form.build();
    }

    static EpochInfo info(EpochForm form) {
        return new EpochInfo(form.getEpoch(), Wire.hash(form.getSeed()), form.getFirstBlock());
    }

    static List<Member> members(EpochForm form) {
        return form.getMembersList().stream()
                .map(member -> new Member(
                        RoleId.of(Wire.bytes(member.getId())),
                        member.getEndpoint(),
                        member.hasOperator() ? Optional.of(Wire.account(member.getOperator())) : Optional.empty(),
                        member.getAnchor(),
                        Wire.standing(member.getStanding())))
                .toList();
    }

    static Plan plan(EpochForm form) {
        SortedMap<RoleId, Plan.Assignment> assignments = new TreeMap<>();
        for (AssignmentForm one : form.getAssignmentsList()) {
            Plan.Assignment assignment = read(one);
            assignments.put(assignment.subject(), assignment);
        }
        return new Plan(assignments);
    }

    private static AssignmentForm of(Plan.Assignment assignment) {
        AssignmentForm.Builder form = AssignmentForm.newBuilder()
                .setSubject(Wire.bytes(assignment.subject().bytes()))
                .setCloseLook(assignment.closeLook());
        assignment.items().forEach(item -> form.addItems(Wire.bytes(item.id())));
        assignment.committee().members().forEach(member -> form.addMembers(Wire.account(member)));
        if (assignment.closeLook()) assignment.committee().core().forEach(member -> form.addCore(Wire.account(member)));
        return form.build();
    }

    private static Plan.Assignment read(AssignmentForm form) {
        var members =
                new TreeSet<>(form.getMembersList().stream().map(Wire::account).toList());
        var core = form.getCloseLook()
                ? new TreeSet<>(form.getCoreList().stream().map(Wire::account).toList())
                : members;
        return new Plan.Assignment(
                RoleId.of(Wire.bytes(form.getSubject())),
                form.getItemsList().stream()
                        .map(item -> Item.of(Wire.bytes(item)))
                        .toList(),
                new Committee(members, core),
                form.getCloseLook());
    }

    static WorkForm of(EpochWork work) {
        WorkForm.Builder form = WorkForm.newBuilder()
                .setEpoch(epoch(work.info(), work.members(), work.plan(), work.secret()))
                .setStage(work.stage().name())
                .setQuestioned(work.questioned())
                .setSilence(Wire.cut(work.silence()));
        long epoch = work.info().epoch();
        work.found()
                .forEach((duty, outcome) -> form.addFound(found(new Fact.Found(
                        epoch,
                        duty,
                        outcome,
                        Optional.ofNullable(work.receipts().get(duty))))));
        return form.build();
    }

    static EpochWork read(WorkForm form) {
        SortedMap<Plan.Duty, Optional<Outcome>> found = new TreeMap<>();
        SortedMap<Plan.Duty, KeptReceipt> receipts = new TreeMap<>();
        for (FoundForm one : form.getFoundList()) {
            Fact.Found fact = found(one);
            found.put(fact.duty(), fact.outcome());
            fact.receipt().ifPresent(kept -> receipts.put(fact.duty(), kept));
        }
        EpochForm epoch = form.getEpoch();
        return new EpochWork(
                info(epoch),
                members(epoch),
                plan(epoch),
                Wire.hash(epoch.getSecret()),
                found,
                receipts,
                EpochWork.Stage.valueOf(form.getStage()),
                form.getQuestioned(),
                form.getSilence());
    }

    static FoundForm found(Fact.Found fact) {
        FoundForm.Builder form = FoundForm.newBuilder()
                .setEpoch(fact.epoch())
                .setSubject(Wire.bytes(fact.duty().subject().bytes()))
                .setIndex(fact.duty().index());
        fact.receipt()
                .ifPresent(kept ->
                        form.setKept(KeptForm.newBuilder().setDeal(kept.deal()).setProof(Wire.leaf(kept.proof()))));
        fact.outcome().ifPresent(value -> {
            switch (value) {
                case Outcome.Ok(Hash receipt) -> form.setOutcome(0).setReceipt(Wire.bytes(receipt.bytes()));
                case Outcome.WrongBytes() -> form.setOutcome(1);
                case Outcome.Refused() -> form.setOutcome(2);
                case Outcome.AskBroken() -> form.setOutcome(3);
                case Outcome.Unreachable() -> form.setOutcome(4);
            }
        });
        return form.build();
    }

    static Fact.Found found(FoundForm form) {
        Plan.Duty duty = new Plan.Duty(RoleId.of(Wire.bytes(form.getSubject())), form.getIndex());
        if (!form.hasOutcome()) return new Fact.Found(form.getEpoch(), duty, Optional.empty(), Optional.empty());
        Outcome outcome = switch (form.getOutcome()) {
            case 0 -> new Outcome.Ok(Wire.hash(form.getReceipt()));
            case 1 -> new Outcome.WrongBytes();
            case 2 -> new Outcome.Refused();
            case 3 -> new Outcome.AskBroken();
            case 4 -> new Outcome.Unreachable();
            default -> throw new IllegalArgumentException("outcomes are 0 to 4, not " + form.getOutcome());
        };
        Optional<KeptReceipt> kept = form.hasKept()
                ? Optional.of(new KeptReceipt(
                        form.getKept().getDeal(), Wire.leaf(form.getKept().getProof())))
                : Optional.empty();
        return new Fact.Found(form.getEpoch(), duty, Optional.of(outcome), kept);
    }
}
