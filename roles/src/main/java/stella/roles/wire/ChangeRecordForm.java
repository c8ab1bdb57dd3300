package stella.roles.wire;

import java.util.Optional;
import stella.protocol.role.Role;
import stella.protocol.role.RoleId;
import stella.reputation.Cause;
import stella.reputation.ChangeRecord;
import stella.reputation.OpenItem;
import stella.roles.wire.inspector.v1.ChangeForm;
import stella.roles.wire.inspector.v1.FindingForm;
import stella.roles.wire.inspector.v1.MeasuresForm;
import stella.roles.wire.inspector.v1.OpenItemForm;
import stella.roles.wire.inspector.v1.PeerForm;
import stella.roles.wire.inspector.v1.WitnessForm;

/** Changes of reputation in protobuf form. */
final class ChangeRecordForm {
    private ChangeRecordForm() {}

    static ChangeForm of(ChangeRecord record) {
        ChangeForm.Builder form = ChangeForm.newBuilder()
                .setEpoch(record.epoch())
                .setId(Wire.bytes(record.id()))
                .setWhy(record.why().map(Enum::name).orElse(""));
        switch (record) {
            case ChangeRecord.OfSubject subject -> {
                form.setSuspensions(subject.suspensions())
                        .setBefore(of(subject.before()))
                        .setAfter(of(subject.after()));
                subject.items().forEach(item -> form.addItems(of(item)));
                for (OpenItem open : subject.open())
                    form.addOpen(OpenItemForm.newBuilder()
                            .setEpoch(open.epoch())
                            .setItem(Wire.bytes(open.item()))
                            .setValue(open.value()));
            }
            case ChangeRecord.OfInspector inspector -> {
                form.setSuspensions(inspector.suspensions())
                        .setStandingBefore(Wire.index(inspector.before()))
                        .setStandingAfter(Wire.index(inspector.after()))
                        .setDerived(inspector.derived())
                        .setOnline(inspector.online());
                for (ChangeRecord.PeerConflict peer : inspector.worst())
                    form.addWorst(PeerForm.newBuilder()
                            .setPeer(Wire.bytes(peer.peer()))
                            .setChecks(peer.checks())
                            .setConflicts(peer.conflicts())
                            .setExpected(peer.expected()));
            }
        }
        return form.build();
    }

    static ChangeRecord read(ChangeForm form) {
        RoleId id = RoleId.of(Wire.bytes(form.getId()));
        Optional<Cause> why = form.getWhy().isEmpty() ? Optional.empty() : Optional.of(Cause.valueOf(form.getWhy()));
        if (id.role() == Role.INSPECTOR)
            return new ChangeRecord.OfInspector(
                    form.getEpoch(),
                    id.bytes(),
                    why.orElseThrow(() -> new IllegalArgumentException("a change of an inspector has a cause")),
                    Wire.standing(form.getStandingBefore()),
                    Wire.standing(form.getStandingAfter()),
                    form.getDerived(),
                    form.getOnline(),
                    form.getSuspensions(),
                    form.getWorstList().stream()
                            .map(peer -> new ChangeRecord.PeerConflict(
                                    Wire.bytes(peer.getPeer()),
                                    peer.getChecks(),
                                    peer.getConflicts(),
                                    peer.getExpected()))
                            .toList());
        return new ChangeRecord.OfSubject(
                form.getEpoch(),
                id.bytes(),
                why,
                read(form.getBefore()),
                read(form.getAfter()),
                form.getSuspensions(),
                form.getItemsList().stream().map(ChangeRecordForm::read).toList(),
                form.getOpenList().stream()
                        .map(open -> new OpenItem(open.getEpoch(), Wire.bytes(open.getItem()), open.getValue()))
                        .toList());
    }

    private static MeasuresForm of(ChangeRecord.Measures measures) {
        return MeasuresForm.newBuilder()
                .setStanding(Wire.index(measures.standing()))
                .setSuspicion(measures.suspicion())
                .setHardSuspicion(measures.hardSuspicion())
                .setClean(measures.clean())
                .setOnline(measures.online())
                .setScore(measures.score())
                .setAway(measures.away())
                .setClose(measures.close())
                .build();
    }

    private static ChangeRecord.Measures read(MeasuresForm form) {
        return new ChangeRecord.Measures(
                Wire.standing(form.getStanding()),
                form.getSuspicion(),
                form.getHardSuspicion(),
                form.getClean(),
                form.getOnline(),
                form.getScore(),
                form.getAway(),
                form.getClose());
    }

    private static FindingForm of(ChangeRecord.ItemFinding finding) {
        FindingForm.Builder form = FindingForm.newBuilder()
                .setItem(Wire.bytes(finding.item()))
                .setCloseLook(finding.closeLook())
                .setFraction(finding.fraction())
                .setValue(finding.value())
                .setSettled(finding.settled());
        for (ChangeRecord.Witnessed one : finding.committee())
            form.addCommittee(WitnessForm.newBuilder()
                    .setInspector(Wire.bytes(one.inspector()))
                    .setWeight(one.weight())
                    .setFailed(one.failed()));
        return form.build();
    }

    private static ChangeRecord.ItemFinding read(FindingForm form) {
        return new ChangeRecord.ItemFinding(
                Wire.bytes(form.getItem()),
                form.getCloseLook(),
                form.getFraction(),
                form.getValue(),
                form.getSettled(),
                form.getCommitteeList().stream()
                        .map(one -> new ChangeRecord.Witnessed(
                                Wire.bytes(one.getInspector()), one.getWeight(), one.getFailed()))
                        .toList());
    }
}
