package stella.roles.inspector;

import java.util.Optional;
import stella.protocol.AccountId;
import stella.protocol.role.RoleId;
import stella.protocol.role.Standing;

/**
 * One role of an epoch's population (IN-1), as the chain had it at the epoch's first block.
 *
 * @param operator the owner it declared and that owner confirmed
 * @param anchor an Inspector named by governance
 * @param standing on chain; decides how a newcomer enters
 */
public record Member(RoleId id, String endpoint, Optional<AccountId> operator, boolean anchor, Standing standing) {
    Member at(String moved) {
        return new Member(id, moved, operator, anchor, standing);
    }

    /** Who answers for it: the operator, or else the account itself. */
    AccountId owner() {
        return operator.orElse(id.account());
    }
}
