package stella.protocol.role;

import java.math.BigInteger;
import java.util.Optional;
import stella.protocol.AccountId;

/**
 * A role as the chain keeps it (clauses RO-1, RO-2).
 *
 * @param bond planck held
 * @param endpoint public HTTP endpoint, a URL of at most 128 bytes; not checked by the chain
 * @param operator account that several nodes declare as their common owner
 * @param registeredAt block
 * @param leavingSince block in which the account asked to leave
 * @param liveDeals deals of this Store that have not ended
 */
public record RoleEntry(
        Role role,
        AccountId account,
        BigInteger bond,
        String endpoint,
        Optional<AccountId> operator,
        long registeredAt,
        Optional<Long> leavingSince,
        int liveDeals) {}
