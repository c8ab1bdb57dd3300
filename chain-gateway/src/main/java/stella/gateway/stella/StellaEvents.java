package stella.gateway.stella;

import static stella.gateway.stella.Forms.hash;
import static stella.gateway.stella.Forms.integer;
import static stella.gateway.stella.Forms.piece;
import static stella.gateway.stella.Forms.word;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import stella.gateway.metadata.ChainEvent;
import stella.gateway.metadata.Value;
import stella.protocol.AccountId;
import stella.protocol.chain.Event;
import stella.protocol.deal.DealState;
import stella.protocol.deal.FilecoinDeal;
import stella.protocol.role.Role;
import stella.protocol.role.RoleId;
import stella.protocol.role.Standing;

/** Events of {@code pallet-stella} in the protocol's words. */
public final class StellaEvents {
    private StellaEvents() {}

    /** The events that are the pallet's, in order. */
    public static List<Event> read(List<ChainEvent> events) {
        return events.stream().map(StellaEvents::read).flatMap(Optional::stream).toList();
    }

    /**
     * Empty for events of other pallets, and for events that this version does not know: a newer pallet may announce more.
     *
     * @throws stella.gateway.metadata.MetadataException when a known event has other fields
     */
    public static Optional<Event> read(ChainEvent event) {
        if (!event.pallet().equals(StellaFace.PALLET)) return Optional.empty();
        Fields f = new Fields(event);
        return Optional.ofNullable(
                switch (event.name()) {
                    case "RoleRegistered" ->
                        new Event.RoleRegistered(f.role(), f.account("account"), f.text("endpoint"));
                    case "EndpointUpdated" ->
                        new Event.EndpointUpdated(f.role(), f.account("account"), f.text("endpoint"));
                    case "RoleLeft" -> new Event.RoleLeft(f.role(), f.account("account"), f.number("free_at"));
                    case "BondWithdrawn" -> new Event.BondWithdrawn(f.role(), f.account("account"), f.amount("amount"));
                    case "CreditsToppedUp" -> new Event.CreditsToppedUp(f.account("account"), f.amount("amount"));
                    case "CreditsWithdrawn" -> new Event.CreditsWithdrawn(f.account("account"), f.amount("amount"));
                    case "AskPublished" ->
                        new Event.AskPublished(
                                f.account("store"), f.amount("price"), f.number("capacity"), f.number("expires_at"));
                    case "AskWithdrawn" -> new Event.AskWithdrawn(f.account("store"));
                    case "StorageRequested" ->
                        new Event.StorageRequested(
                                f.number("request"),
                                f.account("client"),
                                f.value("content").bytes(),
                                piece(f.value("piece")),
                                integer(f.value("replicas")),
                                f.number("periods"),
                                f.amount("price_max"));
                    case "RequestCancelled" -> new Event.RequestCancelled(f.number("request"), f.amount("refunded"));
                    case "RequestExpired" -> new Event.RequestExpired(f.number("request"), f.amount("refunded"));
                    case "RequestFilled" -> new Event.RequestFilled(f.number("request"));
                    case "RequestDone" -> new Event.RequestDone(f.number("request"));
                    case "ReplicaReopened" -> new Event.ReplicaReopened(f.number("request"), f.number("deal"));
                    case "ReplicaNotReopened" -> new Event.ReplicaNotReopened(f.number("request"), f.number("deal"));
                    case "DealAccepted" ->
                        new Event.DealAccepted(
                                f.number("deal"),
                                f.number("request"),
                                f.account("store"),
                                f.account("client"),
                                f.amount("price"));
                    case "DealActivated" -> new Event.DealActivated(f.number("deal"), f.number("at"));
                    case "ProofAccepted" ->
                        new Event.ProofAccepted(
                                f.number("deal"), f.account("store"), f.number("period"), f.amount("paid"));
                    case "ProofRejected" ->
                        new Event.ProofRejected(f.number("deal"), f.account("store"), f.number("period"));
                    case "Fault" ->
                        new Event.Fault(
                                f.number("deal"),
                                f.account("store"),
                                f.number("period"),
                                f.amount("slashed"),
                                f.number("in_row"));
                    case "DealEnded" ->
                        new Event.DealEnded(
                                f.number("deal"),
                                f.account("store"),
                                word(DealState.class, f.value("outcome")),
                                f.amount("collateral_returned"),
                                f.amount("credits_returned"));
                    case "EpochStarted" -> new Event.EpochStarted(f.number("epoch"), hash(f.value("seed")));
                    case "VerdictsCommitted" -> new Event.VerdictsCommitted(f.number("epoch"), f.account("inspector"));
                    case "VerdictsRevealed" ->
                        new Event.VerdictsRevealed(f.number("epoch"), f.account("inspector"), f.number("verdicts"));
                    case "ReputationAttested" ->
                        new Event.ReputationAttested(
                                f.number("epoch"), f.account("inspector"), hash(f.value("digest")));
                    case "ReputationAdopted" ->
                        new Event.ReputationAdopted(f.number("epoch"), hash(f.value("digest")), f.number("changes"));
                    case "StandingChanged" ->
                        new Event.StandingChanged(
                                f.role(),
                                f.account("account"),
                                word(Standing.class, f.value("from")),
                                word(Standing.class, f.value("to")),
                                integer(f.value("score")));
                    case "AnchorsSet" -> new Event.AnchorsSet(f.number("count"));
                    case "OperatorConfirmed" ->
                        new Event.OperatorConfirmed(f.role(), f.account("account"), f.account("operator"));
                    case "DealRenewed" ->
                        new Event.DealRenewed(f.number("deal"), f.number("periods"), f.amount("price"));
                    case "EarlyEndPaid" ->
                        new Event.EarlyEndPaid(f.number("deal"), f.account("store"), f.amount("paid"));
                    case "ArchiveRecorded" -> new Event.ArchiveRecorded(f.number("deal"), f.archive());
                    case "Disqualified" -> new Event.Disqualified(f.role(), f.account("account"), f.text("reason"));
                    case "Appealed" -> new Event.Appealed(f.role(), f.account("account"), f.number("epoch"));
                    case "AppealWon" -> new Event.AppealWon(f.role(), f.account("account"));
                    case "AppealLost" -> new Event.AppealLost(f.role(), f.account("account"), f.amount("fee"));
                    case "VerdictQuestioned" ->
                        new Event.VerdictQuestioned(
                                f.number("question"),
                                f.number("epoch"),
                                f.account("inspector"),
                                f.subject(),
                                integer(f.value("item")),
                                f.account("questioner"),
                                f.number("deadline"));
                    case "QuestionAnswered" -> new Event.QuestionAnswered(f.number("question"), f.number("deal"));
                    case "QuestionUnanswered" ->
                        new Event.QuestionUnanswered(
                                f.number("question"),
                                f.number("epoch"),
                                f.account("inspector"),
                                f.subject(),
                                integer(f.value("item")),
                                f.amount("penalty"));
                    default -> null;
                });
    }

    private record Fields(ChainEvent event) {
        Value value(String name) {
            return event.field(name);
        }

        Role role() {
            return word(Role.class, value("role"));
        }

        RoleId subject() {
            return new RoleId(role(), account("subject"));
        }

        FilecoinDeal archive() {
            return new FilecoinDeal(
                    number("deal_id"), number("provider"), value("proposal").bytes());
        }

        AccountId account(String name) {
            return Forms.account(value(name));
        }

        String text(String name) {
            return Forms.text(value(name));
        }

        long number(String name) {
            return value(name).longNumber();
        }

        BigInteger amount(String name) {
            return value(name).number();
        }
    }
}
