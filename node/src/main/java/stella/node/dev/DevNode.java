package stella.node.dev;

import stella.protocol.role.Role;

/**
 * A node of a dev network by its name, for example {@code store-1}. Its key is derived from the public dev phrase, so everybody
 * knows it: never use one of these accounts on a chain that matters.
 */
record DevNode(Role role, int number) {
    String name() {
        return switch (role) {
            case STORE -> "store-" + number;
            case FETCH -> "fetch-" + number;
            case INSPECTOR -> "inspector-" + number;
        };
    }

    /** Secret URI of its account; genesis of the development chain funds it. */
    String suri() {
        return "//" + name();
    }
}
