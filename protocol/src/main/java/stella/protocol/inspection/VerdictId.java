package stella.protocol.inspection;

import stella.protocol.AccountId;
import stella.protocol.role.RoleId;

/**
 * A verdict among those of an epoch: whose it is and about what.
 *
 * @param item index in the subject's item list
 */
public record VerdictId(AccountId inspector, RoleId subject, int item) {}
