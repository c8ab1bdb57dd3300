package stella.node.command;

import picocli.CommandLine.Command;

/** {@code stella chain}. */
@Command(
        name = "chain",
        header = "Chains: the specification of a new one, the replay of an old one.",
        footer = {"  stella chain spec -o spec.json", "  stella chain import blocks.json --spec spec.json"})
public final class ChainGroup extends CommandGroup {}
