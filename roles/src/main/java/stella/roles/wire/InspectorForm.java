package stella.roles.wire;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import stella.protocol.role.Changes;
import stella.protocol.role.ReputationChange;
import stella.protocol.role.RoleId;
import stella.reputation.State;
import stella.reputation.StateCodec;
import stella.roles.inspector.Attested;
import stella.roles.inspector.EpochWork;
import stella.roles.inspector.Evaluation;
import stella.roles.inspector.Fact;
import stella.roles.inspector.History;
import stella.roles.inspector.Memory;
import stella.roles.inspector.Result;
import stella.roles.inspector.Settled;
import stella.roles.wire.inspector.v1.AnsweredForm;
import stella.roles.wire.inspector.v1.EntryForm;
import stella.roles.wire.inspector.v1.EpochForm;
import stella.roles.wire.inspector.v1.EpochNote;
import stella.roles.wire.inspector.v1.EvaluationForm;
import stella.roles.wire.inspector.v1.InspectorFact;
import stella.roles.wire.inspector.v1.MemoryForm;
import stella.roles.wire.inspector.v1.MovedForm;
import stella.roles.wire.inspector.v1.OpenedForm;
import stella.roles.wire.inspector.v1.WorkForm;

/** Facts and memory of an Inspector in protobuf form. */
final class InspectorForm {
    private InspectorForm() {}

    static InspectorFact of(Fact fact) {
        InspectorFact.Builder form = InspectorFact.newBuilder();
        switch (fact) {
            case Fact.Opened opened -> {
                OpenedForm.Builder body = OpenedForm.newBuilder()
                        .setEpoch(EpochWorkForm.epoch(opened.info(), opened.members(), opened.plan(), opened.secret()));
                opened.settled()
                        .ifPresent(settled -> body.setSettled(
                                        Wire.bytes(settled.digest().bytes()))
                                .setSettledEpoch(settled.epoch()));
                opened.learned().ifPresent(attested -> body.setLearned(of(attested)));
                form.setOpened(body);
            }
            case Fact.Skipped(long epoch, String reason) -> form.setSkipped(note(epoch, reason));
            case Fact.Found found -> form.setFound(EpochWorkForm.found(found));
            case Fact.Moved(RoleId subject, String endpoint) ->
                form.setMoved(MovedForm.newBuilder()
                        .setSubject(Wire.bytes(subject.bytes()))
                        .setEndpoint(endpoint));
            case Fact.Sealed(long epoch) -> form.setSealed(epoch);
            case Fact.Committed(long epoch) -> form.setCommitted(epoch);
            case Fact.Revealed(long epoch) -> form.setRevealed(epoch);
            case Fact.Silenced(long epoch, String reason) -> form.setSilenced(note(epoch, reason));
            case Fact.Questioned(long epoch, String outcome) -> form.setQuestioned(note(epoch, outcome));
            case Fact.Answered(long epoch, long question, String outcome) ->
                form.setAnswered(AnsweredForm.newBuilder()
                        .setEpoch(epoch)
                        .setQuestion(question)
                        .setText(Wire.cut(outcome)));
            case Fact.Evaluated(Evaluation evaluation) -> form.setEvaluated(of(evaluation));
            case Fact.Unevaluated(long epoch, String reason) -> form.setUnevaluated(note(epoch, reason));
            case Fact.AttestationEnded(long epoch, String outcome) -> form.setAttestationEnded(note(epoch, outcome));
        }
        return form.build();
    }

    static Fact read(InspectorFact form) {
        return switch (form.getFactCase()) {
            case OPENED -> opened(form.getOpened());
            case SKIPPED ->
                new Fact.Skipped(form.getSkipped().getEpoch(), form.getSkipped().getText());
            case FOUND -> EpochWorkForm.found(form.getFound());
            case MOVED ->
                new Fact.Moved(
                        RoleId.of(Wire.bytes(form.getMoved().getSubject())),
                        form.getMoved().getEndpoint());
            case SEALED -> new Fact.Sealed(form.getSealed());
            case COMMITTED -> new Fact.Committed(form.getCommitted());
            case REVEALED -> new Fact.Revealed(form.getRevealed());
            case SILENCED ->
                new Fact.Silenced(
                        form.getSilenced().getEpoch(), form.getSilenced().getText());
            case QUESTIONED ->
                new Fact.Questioned(
                        form.getQuestioned().getEpoch(), form.getQuestioned().getText());
            case ANSWERED ->
                new Fact.Answered(
                        form.getAnswered().getEpoch(),
                        form.getAnswered().getQuestion(),
                        form.getAnswered().getText());
            case EVALUATED -> new Fact.Evaluated(read(form.getEvaluated()));
            case UNEVALUATED ->
                new Fact.Unevaluated(
                        form.getUnevaluated().getEpoch(), form.getUnevaluated().getText());
            case ATTESTATION_ENDED ->
                new Fact.AttestationEnded(
                        form.getAttestationEnded().getEpoch(),
                        form.getAttestationEnded().getText());
            case FACT_NOT_SET -> throw new IllegalArgumentException("a fact of a later version");
        };
    }

    private static Fact opened(OpenedForm form) {
        EpochForm epoch = form.getEpoch();
        return new Fact.Opened(
                EpochWorkForm.info(epoch),
                EpochWorkForm.members(epoch),
                EpochWorkForm.plan(epoch),
                Wire.hash(epoch.getSecret()),
                form.hasSettled()
                        ? Optional.of(new Settled(form.getSettledEpoch(), Wire.hash(form.getSettled())))
                        : Optional.empty(),
                form.hasLearned() ? Optional.of(read(form.getLearned()).attested()) : Optional.empty());
    }

    static MemoryForm of(Memory memory) {
        MemoryForm.Builder form = MemoryForm.newBuilder().setSoundFrom(memory.soundFrom());
        memory.last().ifPresent(attested -> form.setLast(of(attested)));
        if (memory.opened() >= 0) form.setOpened(memory.opened());
        for (EpochWork work : memory.epochs().values()) form.addEpochs(EpochWorkForm.of(work));
        switch (memory.result()) {
            case Result.None() -> {}
            case Result.Wanted(long epoch) -> form.setWanted(epoch);
            case Result.Ready(Evaluation evaluation) -> form.setReady(of(evaluation));
            case Result.Told(Evaluation evaluation) -> form.setTold(of(evaluation));
        }
        memory.astray().ifPresent(reason -> form.setAstray(Wire.cut(reason)));
        memory.history()
                .byRole()
                .values()
                .forEach(records -> records.forEach(record -> form.addHistory(ChangeRecordForm.of(record))));
        return form.build();
    }

    static Memory read(MemoryForm form) {
        TreeMap<Long, EpochWork> epochs = new TreeMap<>();
        for (WorkForm one : form.getEpochsList()) {
            EpochWork work = EpochWorkForm.read(one);
            epochs.put(work.info().epoch(), work);
        }
        History history = History.of(
                form.getHistoryList().stream().map(ChangeRecordForm::read).toList());
        Result result = switch (form.getResultCase()) {
            case WANTED -> new Result.Wanted(form.getWanted());
            case READY -> new Result.Ready(read(form.getReady()));
            case TOLD -> new Result.Told(read(form.getTold()));
            case RESULT_NOT_SET -> new Result.None();
        };
        return new Memory(
                form.hasLast() ? Optional.of(read(form.getLast()).attested()) : Optional.empty(),
                form.hasOpened() ? form.getOpened() : -1,
                form.getSoundFrom(),
                epochs,
                result,
                form.hasAstray() ? Optional.of(form.getAstray()) : Optional.empty(),
                history);
    }

    private static EvaluationForm of(Attested attested) {
        return of(new Evaluation(attested.epoch(), attested.state(), attested.changes(), List.of()));
    }

    private static EvaluationForm of(Evaluation evaluation) {
        EvaluationForm.Builder form = EvaluationForm.newBuilder()
                .setEpoch(evaluation.epoch())
                .setState(Wire.bytes(StateCodec.encode(evaluation.state())));
        for (ReputationChange entry : evaluation.changes().entries())
            form.addEntries(EntryForm.newBuilder()
                    .setId(Wire.bytes(new RoleId(entry.role(), entry.account()).bytes()))
                    .setScore(entry.scorePpm())
                    .setStanding(Wire.index(entry.standing()))
                    .setWeight(entry.weightPpm()));
        evaluation.records().forEach(record -> form.addRecords(ChangeRecordForm.of(record)));
        return form.build();
    }

    private static Evaluation read(EvaluationForm form) {
        State state = StateCodec.decode(Wire.bytes(form.getState()));
        var entries = form.getEntriesList().stream()
                .map(entry -> {
                    RoleId id = RoleId.of(Wire.bytes(entry.getId()));
                    return new ReputationChange(
                            id.role(),
                            id.account(),
                            entry.getScore(),
                            Wire.standing(entry.getStanding()),
                            entry.getWeight());
                })
                .toList();
        return new Evaluation(
                form.getEpoch(),
                state,
                new Changes(state.digest(), entries),
                form.getRecordsList().stream().map(ChangeRecordForm::read).toList());
    }

    private static EpochNote note(long epoch, String text) {
        return EpochNote.newBuilder().setEpoch(epoch).setText(Wire.cut(text)).build();
    }
}
