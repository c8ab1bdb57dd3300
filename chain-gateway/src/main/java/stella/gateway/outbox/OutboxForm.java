package stella.gateway.outbox;

import com.google.protobuf.ByteString;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
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
import stella.gateway.outbox.v1.ReturnedCalls;
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
            case Accepted accepted -> form.setAccepted(of(accepted));
            case Prepared(List<Long> sequences, Sent sent) -> form.setPrepared(of(sequences, sent));
            case Returned(List<Long> sequences, boolean alone) ->
                form.setReturnedCalls(
                        ReturnedCalls.newBuilder().addAllSequences(sequences).setAlone(alone));
            case Settled(long sequence, Outcome outcome) ->
                form.setSettled(SettledCall.newBuilder().setSequence(sequence).setOutcome(of(outcome)));
        }
        return form.build();
    }

    static Submissions.Fact read(OutboxFact form) {
        return switch (form.getFactCase()) {
            case ACCEPTED -> read(form.getAccepted());
            case PREPARED ->
                new Prepared(
                        sequences(form.getPrepared()), read(form.getPrepared().getSent()));
            case RETURNED -> new Returned(List.of(form.getReturned()), false);
            case RETURNED_CALLS ->
                new Returned(
                        form.getReturnedCalls().getSequencesList(),
                        form.getReturnedCalls().getAlone());
            case SETTLED ->
                new Settled(
                        form.getSettled().getSequence(), read(form.getSettled().getOutcome()));
            case FACT_NOT_SET -> throw new IllegalArgumentException("a fact of a later version");
        };
    }

    static OutboxState of(Submissions.State state) {
        OutboxState.Builder form = OutboxState.newBuilder().setNextSequence(state.nextSequence());
        for (Entry entry : state.open().values())
            form.addOpen(OpenCall.newBuilder()
                    .setAccepted(
                            of(new Accepted(entry.sequence(), entry.key(), entry.label(), entry.call(), entry.alone())))
                    .setAttempts(entry.attempts()));
        for (Submissions.Flight flight : state.flights()) form.addFlights(of(flight.sequences(), flight.sent()));
        state.settled()
                .forEach((key, outcome) ->
                        form.addSettled(SettledKey.newBuilder().setKey(key).setOutcome(of(outcome))));
        return form.build();
    }

    static Submissions.State read(OutboxState form) {
        Map<Long, Sent> sent = new HashMap<>();
        for (PreparedCall flight : form.getFlightsList()) {
            Sent transaction = read(flight.getSent());
            sequences(flight).forEach(sequence -> sent.put(sequence, transaction));
        }
        SortedMap<Long, Entry> open = new TreeMap<>();
        for (OpenCall call : form.getOpenList()) {
            Accepted accepted = read(call.getAccepted());
            if (call.hasSent()) sent.put(accepted.sequence(), read(call.getSent()));
            open.put(
                    accepted.sequence(),
                    new Entry(
                            accepted.sequence(),
                            accepted.key(),
                            accepted.label(),
                            accepted.call(),
                            accepted.alone(),
                            call.getAttempts(),
                            Optional.ofNullable(sent.get(accepted.sequence()))));
        }
        Map<String, Outcome> settled = new LinkedHashMap<>();
        for (SettledKey key : form.getSettledList()) settled.put(key.getKey(), read(key.getOutcome()));
        return new Submissions.State(form.getNextSequence(), open, settled);
    }

    private static AcceptedCall of(Accepted accepted) {
        return AcceptedCall.newBuilder()
                .setSequence(accepted.sequence())
                .setKey(accepted.key())
                .setLabel(accepted.label())
                .setCall(bytes(accepted.call()))
                .setAlone(accepted.alone())
                .build();
    }

    private static Accepted read(AcceptedCall form) {
        return new Accepted(form.getSequence(), form.getKey(), form.getLabel(), bytes(form.getCall()), form.getAlone());
    }

    private static PreparedCall of(List<Long> sequences, Sent sent) {
        return PreparedCall.newBuilder()
                .setSequence(sequences.getFirst())
                .addAllOthers(sequences.subList(1, sequences.size()))
                .setSent(of(sent))
                .build();
    }

    private static List<Long> sequences(PreparedCall form) {
        List<Long> sequences = new ArrayList<>();
        sequences.add(form.getSequence());
        sequences.addAll(form.getOthersList());
        return sequences;
    }

    private static SentTransaction of(Sent sent) {
        SentTransaction.Builder form = SentTransaction.newBuilder()
                .setNonce(sent.nonce())
                .setBirth(sent.birth())
                .setHash(bytes(sent.hash().bytes()))
                .setTransaction(bytes(sent.transaction()));
        if (sent.tip().signum() > 0) form.setTip(ByteString.copyFrom(sent.tip().toByteArray()));
        if (sent.since() != sent.birth()) form.setSince(sent.since());
        sent.earlier().forEach(hash -> form.addEarlier(bytes(hash.bytes())));
        return form.build();
    }

    private static Sent read(SentTransaction form) {
        return new Sent(
                form.getNonce(),
                form.getBirth(),
                new Hash(bytes(form.getHash())),
                bytes(form.getTransaction()),
                new BigInteger(1, form.getTip().toByteArray()),
                form.getEarlierList().stream()
                        .map(hash -> new Hash(bytes(hash)))
                        .toList(),
                form.getSince() == 0 ? form.getBirth() : form.getSince());
    }

    static CallOutcome of(Outcome outcome) {
        CallOutcome.Builder form = CallOutcome.newBuilder();
        switch (outcome) {
            case Outcome.Finalized(long block, Hash hash, Hash transaction, int item) -> {
                FinalizedCall.Builder finalized = FinalizedCall.newBuilder()
                        .setBlock(block)
                        .setHash(bytes(hash.bytes()))
                        .setTransaction(bytes(transaction.bytes()));
                if (item >= 0) finalized.setItem(item);
                form.setFinalized(finalized);
            }
            case Outcome.Failed(CallError error) ->
                form.setFailed(FailedCall.newBuilder().setName(error.name()).setText(error.text()));
            case Outcome.Expired() -> form.setExpired(ExpiredCall.getDefaultInstance());
        }
        return form.build();
    }

    static Outcome read(CallOutcome form) {
        return switch (form.getOutcomeCase()) {
            case FINALIZED ->
                new Outcome.Finalized(
                        form.getFinalized().getBlock(),
                        new Hash(bytes(form.getFinalized().getHash())),
                        new Hash(bytes(form.getFinalized().getTransaction())),
                        form.getFinalized().hasItem() ? form.getFinalized().getItem() : -1);
            case FAILED ->
                new Outcome.Failed(new CallError(
                        form.getFailed().getName(), form.getFailed().getText()));
            case EXPIRED -> new Outcome.Expired();
            case OUTCOME_NOT_SET -> throw new IllegalArgumentException("an outcome of a later version");
        };
    }

    static ByteString bytes(Bytes value) {
        return ByteString.copyFrom(value.toArray());
    }

    static Bytes bytes(ByteString value) {
        return Bytes.owning(value.toByteArray());
    }
}
