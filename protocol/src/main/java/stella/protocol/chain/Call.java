package stella.protocol.chain;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import stella.protocol.AccountId;
import stella.protocol.Hash;
import stella.protocol.deal.Ask;
import stella.protocol.deal.StorageRequest;
import stella.protocol.inspection.Verdict;
import stella.protocol.possession.PossessionProof;
import stella.protocol.role.Changes;
import stella.protocol.role.Role;

/** A call of {@code pallet-stella}, named and ordered as in the pallet. Amounts are planck. */
public sealed interface Call {
    record RegisterRole(Role role, String endpoint, Optional<AccountId> operator) implements Call {}

    record UpdateEndpoint(Role role, String endpoint) implements Call {}

    record LeaveRole(Role role) implements Call {}

    record WithdrawBond(Role role) implements Call {}

    record TopUpCredits(BigInteger amount) implements Call {}

    record WithdrawCredits(BigInteger amount) implements Call {}

    record PublishAsk(Ask ask) implements Call {}

    record WithdrawAsk() implements Call {}

    record RequestStorage(StorageRequest request) implements Call {}

    record CancelRequest(long request) implements Call {}

    record AcceptDeal(long request, BigInteger price) implements Call {}

    record SubmitProof(long deal, PossessionProof proof) implements Call {}

    record CommitVerdicts(long epoch, Hash hash) implements Call {}

    record RevealVerdicts(long epoch, Hash salt, List<Verdict> verdicts) implements Call {
        public RevealVerdicts {
            verdicts = List.copyOf(verdicts);
        }
    }

    record AttestReputation(long epoch, Hash digest, Optional<Changes> changes) implements Call {}

    record SetAnchors(List<AccountId> inspectors) implements Call {
        public SetAnchors {
            inspectors = List.copyOf(inspectors);
        }
    }
}
