package stella.node.command;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** The command as its user typed it, to be typed again. */
final class TypedArguments {
    private static final String ACCOUNT = "--account";

    private TypedArguments() {}

    /** With {@code more} at its end. What may be a secret is left out: a terminal is looked at, and logged. */
    static String again(CommandSpec command, String... more) {
        return line(command, "")
                + List.of(more).stream().map(word -> " " + quoted(word)).collect(Collectors.joining());
    }

    /** Without the option {@code flag}. */
    static String without(CommandSpec command, String flag) {
        return line(command, flag);
    }

    private static String line(CommandSpec command, String flag) {
        StringBuilder line = new StringBuilder("./stella");
        String before = "";
        for (String argument : command.root().commandLine().getParseResult().originalArgs()) {
            if (argument.equals(flag)) continue;
            line.append(' ').append(quoted(shown(before, argument)));
            before = argument;
        }
        return line.toString();
    }

    /** As a shell takes it for one word. */
    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static String shown(String before, String argument) {
        if (before.equals(ACCOUNT)) return withoutSecret(argument);
        return argument.startsWith(ACCOUNT + "=")
                ? ACCOUNT + "=" + withoutSecret(argument.substring(ACCOUNT.length() + 1))
                : argument;
    }

    private static String withoutSecret(String account) {
        return account.matches("[a-z][a-z0-9-]*|//[A-Za-z0-9-]+") ? account : "SURI";
    }
}
