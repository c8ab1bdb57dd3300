package stella.node.command;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import stella.node.api.client.ApiClient;
import stella.node.api.document.AppealView;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;
import stella.node.cli.Facts;

/** {@code stella appeal}. */
@Command(
        name = "appeal",
        header = "Ask for a suspended node to be looked at again.",
        description = {
            "The node's account signs it and puts up a small fee, which comes back when the node comes out of its suspension. In the next",
            "epoch a larger committee looks at it, with as many items again. Once an epoch.",
            "JSON keys: node, role, epoch, block."
        },
        footer = {"  stella appeal store-1", "  stella why store-1                         what has to be mended first"
        })
public final class AppealCommand extends NodeCommand {
    @Parameters(paramLabel = "NODE", description = "Its name, such as store-1; a node of the program that answers.")
    private String node = "";

    public AppealCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(ApiClient client, Interruption interruption) throws IOException {
        AppealView appeal = client.appeal(node);
        console.facts(Facts.of("node", appeal.node())
                .and("role", appeal.role())
                .and("epoch", appeal.epoch())
                .and("block", appeal.block()));
        console.next("./stella why " + node);
        return ExitCode.OK;
    }
}
