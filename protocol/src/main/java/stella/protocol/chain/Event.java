package stella.protocol.chain;

import java.math.BigInteger;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.deal.DealState;
import stella.protocol.deal.FilecoinDeal;
import stella.protocol.piece.Piece;
import stella.protocol.role.Role;
import stella.protocol.role.RoleId;
import stella.protocol.role.Standing;

/** A fact announced by {@code pallet-stella}, named as in the pallet. Amounts are planck. */
public sealed interface Event {
    record RoleRegistered(Role role, AccountId account, String endpoint) implements Event {}

    record EndpointUpdated(Role role, AccountId account, String endpoint) implements Event {}

    record RoleLeft(Role role, AccountId account, long freeAt) implements Event {}

    record BondWithdrawn(Role role, AccountId account, BigInteger amount) implements Event {}

    record CreditsToppedUp(AccountId account, BigInteger amount) implements Event {}

    record CreditsWithdrawn(AccountId account, BigInteger amount) implements Event {}

    record AskPublished(AccountId store, BigInteger price, long capacity, long expiresAt) implements Event {}

    record AskWithdrawn(AccountId store) implements Event {}

    record StorageRequested(
            long request, AccountId client, Bytes content, Piece piece, int replicas, long periods, BigInteger priceMax)
            implements Event {}

    record RequestCancelled(long request, BigInteger refunded) implements Event {}

    record RequestExpired(long request, BigInteger refunded) implements Event {}

    record RequestFilled(long request) implements Event {}

    record RequestDone(long request) implements Event {}

    record ReplicaReopened(long request, long deal) implements Event {}

    record ReplicaNotReopened(long request, long deal) implements Event {}

    record DealAccepted(long deal, long request, AccountId store, AccountId client, BigInteger price)
            implements Event {}

    record DealActivated(long deal, long at) implements Event {}

    record ProofAccepted(long deal, AccountId store, long period, BigInteger paid) implements Event {}

    record ProofRejected(long deal, AccountId store, long period) implements Event {}

    record Fault(long deal, AccountId store, long period, BigInteger slashed, long inRow) implements Event {}

    record DealEnded(
            long deal, AccountId store, DealState outcome, BigInteger collateralReturned, BigInteger creditsReturned)
            implements Event {}

    record EpochStarted(long epoch, Hash seed) implements Event {}

    record VerdictsCommitted(long epoch, AccountId inspector) implements Event {}

    record VerdictsRevealed(long epoch, AccountId inspector, long verdicts) implements Event {}

    record ReputationAttested(long epoch, AccountId inspector, Hash digest) implements Event {}

    record ReputationAdopted(long epoch, Hash digest, long changes) implements Event {}

    record StandingChanged(Role role, AccountId account, Standing from, Standing to, int scorePpm) implements Event {}

    record AnchorsSet(long count) implements Event {}

    record OperatorConfirmed(Role role, AccountId account, AccountId operator) implements Event {}

    /** @param price planck of one period */
    record DealRenewed(long deal, long periods, BigInteger price) implements Event {}

    record EarlyEndPaid(long deal, AccountId store, BigInteger paid) implements Event {}

    record ArchiveRecorded(long deal, FilecoinDeal archive) implements Event {}

    record Disqualified(Role role, AccountId account, String reason) implements Event {}

    record Appealed(Role role, AccountId account, long epoch) implements Event {}

    record AppealWon(Role role, AccountId account) implements Event {}

    record AppealLost(Role role, AccountId account, BigInteger fee) implements Event {}

    /** @param deadline block before which the Inspector must answer */
    record VerdictQuestioned(
            long question,
            long epoch,
            AccountId inspector,
            RoleId subject,
            int item,
            AccountId questioner,
            long deadline)
            implements Event {}

    record QuestionAnswered(long question, long deal) implements Event {}

    /** @param penalty planck that the Inspector paid to the questioner */
    record QuestionUnanswered(
            long question, long epoch, AccountId inspector, RoleId subject, int item, BigInteger penalty)
            implements Event {}
}
