package stella.protocol.deal;

import java.math.BigInteger;
import stella.protocol.AccountId;

/**
 * A request as the chain keeps it (clauses DL-1, DL-2).
 *
 * @param open replicas that no Store has taken
 * @param live deals that have not ended
 * @param reserved planck of credits set aside for the open replicas
 */
public record Request(
        long id,
        AccountId client,
        StorageRequest terms,
        RequestState state,
        int open,
        int live,
        BigInteger reserved,
        long createdAt,
        long expiresAt) {}
