package stella.protocol.inspection;

import stella.protocol.AccountId;
import stella.protocol.role.Role;

/**
 * One line of a verdict batch (clauses IN-4, IN-5).
 *
 * @param role {@link Role#STORE} or {@link Role#FETCH}
 * @param item index in the subject's item list of the epoch, 0 to 255
 */
public record Verdict(Role role, AccountId subject, int item, Outcome outcome) {}
