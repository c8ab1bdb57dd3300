package stella.roles.store;

import java.time.Duration;

/**
 * Bounds of a Store.
 *
 * @param pullsMax pieces pulled at a time; further offers are declined until one is done
 * @param engagementsMax deals and offers held at a time
 * @param attemptsMax proofs submitted for one deal and period, and pulls when the disk fails, before it is left to a person
 * @param retryDelay pause before a failed step is tried again
 */
public record StoreSettings(int pullsMax, int engagementsMax, int attemptsMax, Duration retryDelay) {
    public static final StoreSettings DEFAULT = new StoreSettings(4, 100_000, 5, Duration.ofSeconds(2));
}
