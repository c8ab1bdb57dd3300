package stella.roles.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.deal.StorageRequest;
import stella.roles.Ledger.Submission;
import stella.roles.client.Placement.Failed;

/** What a person hears when a placement fails: what happened, why, and what mends it. */
final class Failures {
    private static final int SOURCE_BYTES_MAX = 128;

    private Failures() {}

    /** What the chain would refuse, found before anything is spent. */
    static Optional<Failed> ofTerms(StorageRequest terms, int replicasMax) {
        if (terms.replicas() < 1 || terms.replicas() > replicasMax)
            return Optional.of(refused(
                    "the chain takes 1 to " + replicasMax + " replicas, not " + terms.replicas(), "see --replicas"));
        if (Bytes.utf8(terms.source()).length() > SOURCE_BYTES_MAX)
            return Optional.of(refused(
                    "the source has more than " + SOURCE_BYTES_MAX + " bytes: " + terms.source(), "use a shorter URL"));
        return Optional.empty();
    }

    static Failed unplaced(StorageRequest terms, Candidates found) {
        List<String> reasons = new ArrayList<>();
        found.unfit().forEach((store, reason) -> reasons.add(store + " " + reason));
        String why = reasons.isEmpty() ? "no other Store is registered" : String.join("; ", reasons);
        return new Failed(
                "no-store-fits",
                terms.replicas() + " Stores are needed and " + found.places() + " fit: " + why,
                "ask for fewer --replicas or --periods, or raise --max-price");
    }

    static Failed noFunds(AccountId account, Submission.Failed refusal) {
        return new Failed(
                "not-enough-funds",
                "credits could not be bought from " + account + ": " + refusal.error() + ": " + refusal.text(),
                "send funds to that account, or use another with --account");
    }

    static Failed refused(String message, String hint) {
        return new Failed("refused", message, hint);
    }

    /**
     * Too few Stores took the request.
     *
     * @param what became of the request
     * @param credits where the credits of the open replicas are
     */
    static Failed tooFew(long request, String what, Replicas replicas, String credits) {
        String why = replicas.refusals().isEmpty() ? "nobody else fits" : String.join("; ", replicas.refusals());
        return new Failed(
                "no-store-fits",
                "request " + request + " " + what + " with " + replicas.share() + " Stores: " + why,
                credits + "; try fewer --replicas");
    }

    /** Where the credits are after an attempt to cancel. */
    static String creditsAfter(Submission cancelled) {
        return switch (cancelled) {
            case Submission.Finalized _ -> "its open part was cancelled and those credits are free again";
            case Submission.Failed(String error, String _) ->
                "its open part could not be cancelled (" + error + "); the chain frees those credits when it expires";
            case Submission.Expired() ->
                "its open part could not be cancelled in time; the chain frees those credits when it expires";
        };
    }

    static Failed unreachable(String what, String spent) {
        return new Failed("chain-unreachable", what + spent, "check the chain and try again with the same key");
    }

    static Failed interrupted(String spent) {
        return new Failed(
                "interrupted", "the placement was stopped before its end" + spent, "the same key goes on with it");
    }
}
