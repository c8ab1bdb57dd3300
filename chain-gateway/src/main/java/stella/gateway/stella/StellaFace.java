package stella.gateway.stella;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import stella.gateway.metadata.Metadata;
import stella.gateway.metadata.Value;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.chain.Call;
import stella.protocol.chain.Constants;
import stella.protocol.deal.Ask;
import stella.protocol.deal.StorageRequest;
import stella.protocol.deal.Tier;
import stella.protocol.inspection.Outcome;
import stella.protocol.inspection.Verdict;
import stella.protocol.piece.Piece;
import stella.protocol.possession.LeafProof;
import stella.protocol.possession.PossessionProof;
import stella.protocol.role.Changes;
import stella.protocol.role.ReputationChange;
import stella.protocol.role.Role;
import stella.protocol.role.Standing;

/** What this client expects of the pallet, and the check that a chain's pallet is so. */
public final class StellaFace {
    /** The pallet's name in a runtime. */
    public static final String PALLET = "Stella";

    private static final AccountId ANYBODY = AccountId.of(new byte[AccountId.LENGTH]);
    private static final Piece ANY_PIECE = new Piece(Hash.ZERO, Piece.HEIGHT_MIN, 0);

    private StellaFace() {}

    /**
     * Checks at connect that every call can be encoded and every storage entry and constant is there.
     *
     * @throws stella.gateway.metadata.MismatchException naming call and field that differ
     * @throws stella.gateway.metadata.MetadataException naming the pallet, call, entry or constant that is missing
     */
    public static void check(Metadata metadata) {
        for (Call call : oneOfEach()) StellaCalls.encode(metadata, call);
        for (String entry : StellaState.ENTRIES) metadata.pallet(PALLET).entry(entry);
        constants(metadata);
    }

    /** The constants that the runtime was built with. */
    public static Constants constants(Metadata metadata) {
        return new Constants(
                number(metadata, "EpochLength"),
                number(metadata, "ProvingPeriod"),
                number(metadata, "ProvingWindow"),
                (int) number(metadata, "ChallengesPerProof"),
                (int) number(metadata, "MaxReplicas"),
                number(metadata, "RequestTtl"),
                number(metadata, "ActivationTimeout"),
                (int) number(metadata, "MaxConsecutiveFaults"),
                number(metadata, "FaultSlash"),
                constant(metadata, "CollateralRatio").number(),
                number(metadata, "UnbondingPeriod"),
                (int) number(metadata, "ItemsPerEpoch"),
                (int) number(metadata, "CommitteeSize"),
                number(metadata, "AttestationWindow"),
                constant(metadata, "StoreBond").number(),
                constant(metadata, "FetchBond").number(),
                constant(metadata, "InspectorBond").number());
    }

    private static long number(Metadata metadata, String name) {
        return constant(metadata, name).longNumber();
    }

    private static Value constant(Metadata metadata, String name) {
        return metadata.constant(PALLET, name);
    }

    private static List<Call> oneOfEach() {
        LeafProof leaf = new LeafProof(0, Hash.ZERO, List.of(Hash.ZERO));
        List<Verdict> verdicts = List.of(
                new Verdict(Role.STORE, ANYBODY, 0, new Outcome.Ok(Hash.ZERO)),
                new Verdict(Role.FETCH, ANYBODY, 0, new Outcome.WrongBytes()),
                new Verdict(Role.STORE, ANYBODY, 0, new Outcome.Refused()),
                new Verdict(Role.STORE, ANYBODY, 0, new Outcome.AskBroken()),
                new Verdict(Role.STORE, ANYBODY, 0, new Outcome.Unreachable()));
        Changes changes =
                new Changes(Hash.ZERO, List.of(new ReputationChange(Role.STORE, ANYBODY, 0, Standing.PROBATION, 0)));
        StorageRequest request =
                new StorageRequest(Bytes.of((byte) 1), ANY_PIECE, 1, 1, BigInteger.ONE, Tier.HOT, "http://x");
        return List.of(
                new Call.RegisterRole(Role.STORE, "http://x", Optional.of(ANYBODY)),
                new Call.UpdateEndpoint(Role.STORE, "http://x"),
                new Call.LeaveRole(Role.FETCH),
                new Call.WithdrawBond(Role.INSPECTOR),
                new Call.TopUpCredits(BigInteger.ONE),
                new Call.WithdrawCredits(BigInteger.ONE),
                new Call.PublishAsk(new Ask(BigInteger.ONE, 0, 1, 1, 1, Tier.FILECOIN, 1)),
                new Call.WithdrawAsk(),
                new Call.RequestStorage(request),
                new Call.CancelRequest(0),
                new Call.AcceptDeal(0, BigInteger.ONE),
                new Call.SubmitProof(0, new PossessionProof(Hash.ZERO, List.of(leaf))),
                new Call.CommitVerdicts(0, Hash.ZERO),
                new Call.RevealVerdicts(0, Hash.ZERO, verdicts),
                new Call.AttestReputation(0, Hash.ZERO, Optional.of(changes)),
                new Call.SetAnchors(List.of(ANYBODY)));
    }
}
