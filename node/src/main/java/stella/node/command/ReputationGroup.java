package stella.node.command;

import picocli.CommandLine.Command;

/** {@code stella reputation}. */
@Command(
        name = "reputation",
        header = "Reputation of nodes, and the evidence for it.",
        footer = {
            "  stella reputation ls",
            "  stella reputation show store-1",
            "  stella reputation replay vectors/reputation.json"
        })
public final class ReputationGroup extends CommandGroup {}
