package stella.roles.inspector;

import stella.protocol.role.RoleId;
import stella.protocol.role.Standing;

/**
 * One role of an epoch's population (IN-1), as the chain had it at the epoch's first block.
 *
 * @param anchor an Inspector named by governance
 * @param standing on chain; decides how a newcomer enters
 */
public record Member(RoleId id, String endpoint, boolean anchor, Standing standing) {
    Member at(String moved) {
        return new Member(id, moved, anchor, standing);
    }
}
