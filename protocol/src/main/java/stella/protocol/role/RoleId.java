package stella.protocol.role;

import stella.protocol.AccountId;
import stella.protocol.Bytes;

/**
 * One role of one account: what is inspected, and what reputation is about.
 *
 * <p>Ordered by role, then account, which is also the order of {@link #bytes}.
 */
public record RoleId(Role role, AccountId account) implements Comparable<RoleId> {
    /** One byte of role, 32 of account. */
    public static final int LENGTH = 1 + AccountId.LENGTH;

    public static RoleId store(AccountId account) {
        return new RoleId(Role.STORE, account);
    }

    public static RoleId fetch(AccountId account) {
        return new RoleId(Role.FETCH, account);
    }

    public static RoleId inspector(AccountId account) {
        return new RoleId(Role.INSPECTOR, account);
    }

    /**
     * Reads {@link #bytes} back.
     *
     * @throws IllegalArgumentException for another length or an unknown role
     */
    public static RoleId of(Bytes bytes) {
        if (bytes.length() != LENGTH)
            throw new IllegalArgumentException("a role of an account has 33 bytes, not " + bytes.length());
        Role[] roles = Role.values();
        if (bytes.at(0) >= roles.length)
            throw new IllegalArgumentException("roles are 0 to " + (roles.length - 1) + ", not " + bytes.at(0));
        return new RoleId(roles[bytes.at(0)], new AccountId(bytes.slice(1, LENGTH)));
    }

    /** The identifier in inspections and in the reputation model: the role's index in SCALE, then the account. */
    @SuppressWarnings("EnumOrdinal") // the ordinal is the index in SCALE
    public Bytes bytes() {
        return Bytes.concat(Bytes.of((byte) role.ordinal()), account.bytes());
    }

    @Override
    public int compareTo(RoleId other) {
        int byRole = role.compareTo(other.role);
        return byRole != 0 ? byRole : account.compareTo(other.account);
    }

    @Override
    public String toString() {
        return role.word() + " " + account;
    }
}
