package stella.node.command;

import picocli.CommandLine.Command;

/** {@code stella deal}. */
@Command(
        name = "deal",
        header = "Deals: one replica of a request with one Store each.",
        footer = {"  stella deal ls", "  stella deal show 5", "  stella deal watch 5"})
public final class DealGroup extends CommandGroup {}
