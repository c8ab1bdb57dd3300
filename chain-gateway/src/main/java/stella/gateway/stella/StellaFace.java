package stella.gateway.stella;

import java.util.List;
import stella.gateway.metadata.Metadata;
import stella.gateway.metadata.MetadataException;
import stella.gateway.metadata.Value;
import stella.protocol.chain.Constants;
import stella.protocol.chain.DisputeConstants;

/** What this client expects of the pallet, and the check that a chain's pallet is so. */
public final class StellaFace {
    /** The pallet's name in a runtime. */
    public static final String PALLET = "Stella";

    private StellaFace() {}

    /**
     * Checks at connect that the pallet has every call, event, storage entry and constant that this client knows, each of the same
     * types. It may have more.
     *
     * @throws MetadataException naming what is missing and every field that differs
     */
    public static void check(Metadata metadata) {
        List<String> differences = PalletShape.differences(metadata);
        if (!differences.isEmpty())
            throw new MetadataException(
                    "this client and the pallet " + PALLET + " of this chain differ; take the release of the "
                            + "client that fits the chain. " + String.join("; ", differences));
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

    /** Those about doubts and appeals. */
    public static DisputeConstants disputes(Metadata metadata) {
        return new DisputeConstants(
                number(metadata, "AnswerWindow"),
                constant(metadata, "QuestionBond").number(),
                constant(metadata, "ForgeryPenalty").number(),
                constant(metadata, "AppealFee").number(),
                (int) number(metadata, "AppealPeriods"));
    }

    private static long number(Metadata metadata, String name) {
        return constant(metadata, name).longNumber();
    }

    private static Value constant(Metadata metadata, String name) {
        return metadata.constant(PALLET, name);
    }
}
