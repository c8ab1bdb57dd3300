package stella.node.command;

import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import stella.node.api.client.ApiClient;
import stella.node.cli.CommandException;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;
import stella.node.cli.Facts;
import stella.node.fault.Misbehaviour;

/** {@code stella fault}. */
@Command(
        name = "fault",
        header = "Make a node of a dev network misbehave, to see what the network does about it.",
        description = {
            "The faults named replace those that were set before; they add up.",
            "JSON keys: node, dropPercent, refuseInspectorsPercent, corrupt, slow, off."
        },
        footer = {
            "  stella fault store-1 --drop 50%%",
            "  stella fault store-2 --corrupt --slow",
            "  stella fault store-1 --none",
            "  stella reputation show store-1             what comes of it"
        })
public final class FaultCommand extends NodeCommand {
    @Parameters(paramLabel = "NODE", description = "Its name, such as store-1.")
    private String node = "";

    @Option(
            names = "--drop",
            paramLabel = "P%",
            description = "It pretends to have nothing for this share of requests and proofs.")
    private Optional<String> drop = Optional.empty();

    @Option(
            names = "--refuse-inspectors",
            paramLabel = "P%",
            description = "It refuses this share of Inspectors and serves everybody else.")
    private Optional<String> refuseInspectors = Optional.empty();

    @Option(names = "--corrupt", description = "It serves and proves other bytes than it promised.")
    private boolean corrupt;

    @Option(names = "--slow", description = "Its bytes drip.")
    private boolean slow;

    @Option(names = "--off", description = "It is silent.")
    private boolean off;

    @Option(names = "--none", description = "It behaves again.")
    private boolean none;

    public FaultCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(ApiClient client, Interruption interruption) throws IOException {
        Misbehaviour how = new Misbehaviour(
                drop.map(text -> percent("--drop", text)).orElse(0),
                refuseInspectors
                        .map(text -> percent("--refuse-inspectors", text))
                        .orElse(0),
                corrupt,
                slow,
                off);
        if (none == !how.equals(Misbehaviour.NONE)) throw unclear(none);
        client.misbehave(node, how);
        console.facts(Facts.of("node", node)
                .and("dropPercent", how.dropPercent())
                .and("refuseInspectorsPercent", how.refuseInspectorsPercent())
                .and("corrupt", how.corrupt())
                .and("slow", how.slow())
                .and("off", how.off()));
        console.next("./stella reputation show " + node);
        return ExitCode.OK;
    }

    private static CommandException unclear(boolean none) {
        return CommandException.of(
                        ExitCode.USAGE, "usage", none ? "--none goes with no other fault" : "no fault is named")
                .hint("one or more of --drop P%, --refuse-inspectors P%, --corrupt, --slow, --off; or --none");
    }

    private static int percent(String option, String text) {
        if (text.matches("\\d{1,3}%?")) {
            int value = Integer.parseInt(text.replace("%", ""));
            if (value <= 100) return value;
        }
        throw CommandException.of(ExitCode.USAGE, "usage", option + " is 0% to 100%, not '" + text + "'");
    }
}
