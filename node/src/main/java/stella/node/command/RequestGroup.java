package stella.node.command;

import picocli.CommandLine.Command;

/** {@code stella request}. */
@Command(
        name = "request",
        header = "Requests for storage.",
        footer = {"  stella request ls", "  stella request show 3"})
public final class RequestGroup extends CommandGroup {}
