package stella.protocol.chain;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import stella.protocol.AccountId;
import stella.protocol.Hash;
import stella.protocol.deal.Ask;
import stella.protocol.deal.FilecoinDeal;
import stella.protocol.deal.StorageRequest;
import stella.protocol.inspection.Verdict;
import stella.protocol.possession.LeafProof;
import stella.protocol.possession.MultiProof;
import stella.protocol.possession.PossessionProof;
import stella.protocol.role.Changes;
import stella.protocol.role.Role;
import stella.protocol.role.RoleId;

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

    /**
     * Buys credits with an asset.
     *
     * @param amount in the asset's smallest unit
     * @param creditsMin planck; a worse price makes the call fail
     */
    record TopUpWithAsset(long asset, BigInteger amount, BigInteger creditsMin) implements Call {}

    record SubmitMultiProof(long deal, MultiProof proof) implements Call {}

    /** @param periods to add */
    record RenewDeal(long deal, long periods) implements Call {}

    record EndDeal(long deal) implements Call {}

    record RecordArchive(long deal, FilecoinDeal archive) implements Call {}

    /** @param reason for people, at most 128 bytes */
    record Disqualify(Role role, AccountId account, String reason) implements Call {}

    record Appeal(Role role) implements Call {}

    /** @param item index in the subject's item list */
    record QuestionVerdict(long epoch, AccountId inspector, RoleId subject, int item) implements Call {}

    /**
     * The receipt behind a questioned verdict.
     *
     * @param deal whose piece the receipt is a leaf of
     */
    record AnswerQuestion(long question, long deal, LeafProof receipt) implements Call {}

    /** By the operator itself. */
    record ConfirmOperator(Role role, AccountId account) implements Call {}
}
