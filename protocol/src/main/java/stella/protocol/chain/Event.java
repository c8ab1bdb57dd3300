package stella.protocol.chain;

import java.math.BigInteger;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.deal.DealState;
import stella.protocol.piece.Piece;
import stella.protocol.role.Role;
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
}
