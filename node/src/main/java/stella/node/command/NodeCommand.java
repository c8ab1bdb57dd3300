package stella.node.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import stella.node.api.client.ApiClient;
import stella.node.api.client.ApiFailure;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;

/** A command that speaks to a node: connects, explains the node's refusals, and ends in good order on Ctrl-C. */
abstract class NodeCommand implements Callable<Integer> {
    final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeOptions options = new NodeOptions();

    NodeCommand(Console console) {
        this.console = console;
    }

    /** Does the work. The interruption is already watched; {@code client} is closed when it comes. */
    abstract ExitCode run(ApiClient client, Interruption interruption) throws IOException;

    /** What a person types to go on after Ctrl-C; empty when there is nothing to go on with. */
    String resumption() {
        return "";
    }

    CommandSpec spec() {
        return spec;
    }

    /** A client of the node that the command is about; whether it answers shows with the first question. */
    ApiClient connect() throws ApiFailure {
        return options.connect();
    }

    NodeOptions options() {
        return options;
    }

    @Override
    public Integer call() throws IOException {
        try (Interruption interruption = Interruption.watch();
                ApiClient client = connect()) {
            interruption.onInterrupt(client::close);
            return work(client, interruption).number();
        } catch (ApiFailure e) {
            throw Failures.explain(e);
        }
    }

    private ExitCode work(ApiClient client, Interruption interruption) throws IOException {
        try {
            return run(client, interruption);
        } catch (IOException | RuntimeException e) {
            // What was cut off by Ctrl-C fails in many ways; they all mean the same.
            if (!interruption.happened()) throw e;
            String resumption = resumption();
            console.say("interrupted" + (resumption.isEmpty() ? "" : "; to go on: " + resumption));
            return ExitCode.INTERRUPTED;
        }
    }
}
