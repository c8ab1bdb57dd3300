package stella.node.api;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import stella.node.api.document.Amounts;
import stella.node.api.document.DealEvent;
import stella.protocol.chain.Block;
import stella.protocol.chain.Event;

/** Turns the pallet's events about deals into entries of a deal's history. Pure. */
final class DealEvents {
    private DealEvents() {}

    static List<DealEvent> of(Block block) {
        List<DealEvent> news = new ArrayList<>();
        for (Event event : block.events()) of(block.number(), event).ifPresent(news::add);
        return news;
    }

    private static Optional<DealEvent> of(long block, Event event) {
        return switch (event) {
            case Event.DealAccepted accepted ->
                entry(
                        accepted.deal(),
                        block,
                        "DealAccepted",
                        null,
                        null,
                        "accepted at " + Amounts.text(accepted.price()) + " per period");
            case Event.DealActivated activated ->
                entry(activated.deal(), block, "DealActivated", null, null, "first proof accepted: the deal is active");
            case Event.ProofAccepted proof ->
                entry(
                        proof.deal(),
                        block,
                        "ProofAccepted",
                        proof.period(),
                        proof.paid(),
                        "period " + (proof.period() + 1) + " proven, " + Amounts.text(proof.paid()) + " paid");
            case Event.ProofRejected proof ->
                entry(
                        proof.deal(),
                        block,
                        "ProofRejected",
                        proof.period(),
                        null,
                        "wrong proof for period " + (proof.period() + 1));
            case Event.Fault fault ->
                entry(
                        fault.deal(),
                        block,
                        "Fault",
                        fault.period(),
                        fault.slashed(),
                        "fault in period " + (fault.period() + 1) + ", " + fault.inRow() + " in a row: "
                                + Amounts.text(fault.slashed()) + " of collateral slashed");
            case Event.DealEnded ended ->
                entry(
                        ended.deal(),
                        block,
                        "DealEnded",
                        null,
                        ended.collateralReturned(),
                        "ended as " + ended.outcome().word() + ": " + Amounts.text(ended.collateralReturned())
                                + " of collateral back to the Store, " + Amounts.text(ended.creditsReturned())
                                + " back to the client");
            case Event.ReplicaReopened reopened ->
                entry(
                        reopened.deal(),
                        block,
                        "ReplicaReopened",
                        null,
                        null,
                        "request " + reopened.request() + " is open for another Store");
            case Event.ReplicaNotReopened lost ->
                entry(
                        lost.deal(),
                        block,
                        "ReplicaNotReopened",
                        null,
                        null,
                        "request " + lost.request() + " is not opened again: the client's credits do not cover it");
            case Event.DealRenewed renewed ->
                entry(
                        renewed.deal(),
                        block,
                        "DealRenewed",
                        null,
                        null,
                        "renewed for " + renewed.periods() + " periods more at " + Amounts.text(renewed.price())
                                + " per period");
            case Event.EarlyEndPaid paid ->
                entry(
                        paid.deal(),
                        block,
                        "EarlyEndPaid",
                        null,
                        paid.paid(),
                        "the client ends the deal and pays " + Amounts.text(paid.paid()) + " for it");
            case Event.ArchiveRecorded recorded ->
                entry(
                        recorded.deal(),
                        block,
                        "ArchiveRecorded",
                        null,
                        null,
                        "archived on Filecoin by f0" + recorded.archive().provider() + " as deal "
                                + recorded.archive().dealId());
            // What is not about one deal. Listed by name: a new event must be placed here or above.
            case Event.RoleRegistered _,
                    Event.EndpointUpdated _,
                    Event.RoleLeft _,
                    Event.BondWithdrawn _,
                    Event.CreditsToppedUp _,
                    Event.CreditsWithdrawn _,
                    Event.AskPublished _,
                    Event.AskWithdrawn _,
                    Event.StorageRequested _,
                    Event.RequestCancelled _,
                    Event.RequestExpired _,
                    Event.RequestFilled _,
                    Event.RequestDone _,
                    Event.EpochStarted _,
                    Event.VerdictsCommitted _,
                    Event.VerdictsRevealed _,
                    Event.ReputationAttested _,
                    Event.ReputationAdopted _,
                    Event.StandingChanged _,
                    Event.AnchorsSet _,
                    Event.OperatorConfirmed _,
                    Event.Disqualified _,
                    Event.Appealed _,
                    Event.AppealWon _,
                    Event.AppealLost _,
                    Event.VerdictQuestioned _,
                    Event.QuestionAnswered _,
                    Event.QuestionUnanswered _ -> Optional.empty();
        };
    }

    private static Optional<DealEvent> entry(
            long deal, long block, String event, @Nullable Long period, @Nullable BigInteger amount, String text) {
        return Optional.of(new DealEvent(deal, block, event, period, amount, text));
    }
}
