package stella.gateway.outbox;

import com.google.protobuf.ByteString;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import stella.gateway.outbox.OutboxChain.CallError;
import stella.gateway.outbox.Submissions.Accepted;
import stella.gateway.outbox.Submissions.Entry;
import stella.gateway.outbox.Submissions.Outcome;
import stella.gateway.outbox.Submissions.Prepared;
import stella.gateway.outbox.Submissions.Returned;
import stella.gateway.outbox.Submissions.Sent;
import stella.gateway.outbox.Submissions.Settled;
import stella.gateway.outbox.v1.AcceptedCall;
import stella.gateway.outbox.v1.CallOutcome;
import stella.gateway.outbox.v1.ExpiredCall;
import stella.gateway.outbox.v1.FailedCall;
import stella.gateway.outbox.v1.FinalizedCall;
import stella.gateway.outbox.v1.OpenCall;
import stella.gateway.outbox.v1.OutboxFact;
import stella.gateway.outbox.v1.OutboxState;
import stella.gateway.outbox.v1.PreparedCall;
import stella.gateway.outbox.v1.SentTransaction;
import stella.gateway.outbox.v1.SettledCall;
import stella.gateway.outbox.v1.SettledKey;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** Facts and state of {@link Submissions} in protobuf form; reading throws {@link IllegalArgumentException} for nonsense. */
final class OutboxForm {
    private OutboxForm() {}

    static OutboxFact of(Submissions.Fact fact) {
        OutboxFact.Builder form = OutboxFact.newBuilder();
        switch (fact) {
            case Accepted accepted ->
                form.setAccepted(accepted(accepted.sequence(), accepted.key(), accepted.label(), accepted.call()));
            case Prepared(long sequence, Sent sent) ->
                form.setPrepared(PreparedCall.newBuilder().setSequence(sequence).setSent(of(sent)));
            case Returned(long sequence) -> form.setReturned(sequence);
            case Settled(long sequence, Outcome outcome) ->
                form.setSettled(SettledCall.newBuilder().setSequence(sequence).setOutcome(of(outcome)));
        }
        return form.build();
    }

    static Submissions.Fact read(OutboxFact form) {
        return switch (form.getFactCase()) {
            case ACCEPTED -> {
                AcceptedCall accepted = form.getAccepted();
                yield new Accepted(
                        accepted.getSequence(), accepted.getKey(), accepted.getLabel(), bytes(accepted.getCall()));
            }
            case PREPARED ->
                new Prepared(
                        form.getPrepared().getSequence(),
                        read(form.getPrepared().getSent()));
            case RETURNED -> new Returned(form.getReturned());
            case SETTLED ->
                new Settled(
                        form.getSettled().getSequence(), read(form.getSettled().getOutcome()));
            case FACT_NOT_SET -> throw new IllegalArgumentException("a fact of a later version");
        };
    }

    static OutboxState of(Submissions.State state) {
        OutboxState.Builder form = OutboxState.newBuilder().setNextSequence(state.nextSequence());
        for (Entry entry : state.open().values()) {
            OpenCall.Builder open = OpenCall.newBuilder()
                    .setAccepted(accepted(entry.sequence(), entry.key(), entry.label(), entry.call()))
                    .setAttempts(entry.attempts());
            entry.sent().ifPresent(sent -> open.setSent(of(sent)));
            form.addOpen(open);
        }
        state.settled()
                .forEach((key, outcome) ->
                        form.addSettled(SettledKey.newBuilder().setKey(key).setOutcome(of(outcome))));
        return form.build();
    }

    static Submissions.State read(OutboxState form) {
        SortedMap<Long, Entry> open = new TreeMap<>();
        for (OpenCall call : form.getOpenList()) {
            AcceptedCall accepted = call.getAccepted();
            Optional<Sent> sent = call.hasSent() ? Optional.of(read(call.getSent())) : Optional.empty();
            open.put(
                    accepted.getSequence(),
                    new Entry(
                            accepted.getSequence(),
                            accepted.getKey(),
                            accepted.getLabel(),
                            bytes(accepted.getCall()),
                            call.getAttempts(),
                            sent));
        }
        Map<String, Outcome> settled = new LinkedHashMap<>();
        for (SettledKey key : form.getSettledList()) settled.put(key.getKey(), read(key.getOutcome()));
        return new Submissions.State(form.getNextSequence(), open, settled);
    }

    private static AcceptedCall accepted(long sequence, String key, String label, Bytes call) {
        return AcceptedCall.newBuilder()
                .setSequence(sequence)
                .setKey(key)
                .setLabel(label)
                .setCall(bytes(call))
                .build();
    }

    private static SentTransaction of(Sent sent) {
        return SentTransaction.newBuilder()
                .setNonce(sent.nonce())
                .setBirth(sent.birth())
                .setHash(bytes(sent.hash().bytes()))
                .setTransaction(bytes(sent.transaction()))
                .build();
    }

    private static Sent read(SentTransaction form) {
        return new Sent(
                form.getNonce(), form.getBirth(), new Hash(bytes(form.getHash())), bytes(form.getTransaction()));
    }

    private static CallOutcome of(Outcome outcome) {
        CallOutcome.Builder form = CallOutcome.newBuilder();
        switch (outcome) {
            case Outcome.Finalized(long block, Hash hash, Hash transaction) ->
                form.setFinalized(FinalizedCall.newBuilder()
                        .setBlock(block)
                        .setHash(bytes(hash.bytes()))
                        .setTransaction(bytes(transaction.bytes())));
            case Outcome.Failed(CallError error) ->
                form.setFailed(FailedCall.newBuilder().setName(error.name()).setText(error.text()));
            case Outcome.Expired() -> form.setExpired(ExpiredCall.getDefaultInstance());
        }
        return form.build();
    }

    private static Outcome read(CallOutcome form) {
        return switch (form.getOutcomeCase()) {
            case FINALIZED ->
                new Outcome.Finalized(
                        form.getFinalized().getBlock(),
                        new Hash(bytes(form.getFinalized().getHash())),
                        new Hash(bytes(form.getFinalized().getTransaction())));
            case FAILED ->
                new Outcome.Failed(new CallError(
                        form.getFailed().getName(), form.getFailed().getText()));
            case EXPIRED -> new Outcome.Expired();
            case OUTCOME_NOT_SET -> throw new IllegalArgumentException("an outcome of a later version");
        };
    }

    private static ByteString bytes(Bytes value) {
        return ByteString.copyFrom(value.toArray());
    }

    private static Bytes bytes(ByteString value) {
        return Bytes.owning(value.toByteArray());
    }
}
