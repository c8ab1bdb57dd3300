package stella.node.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import stella.devchain.StellaRuntime;
import stella.devchain.chain.Genesis;
import stella.node.cli.CommandException;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;

/** {@code stella chain spec}. */
@Command(
        name = "spec",
        header = "Write the specification of a chain with Stella's runtime.",
        description = {
            "Raw JSON, as every Substrate node takes it; the fields relay_chain",
            "and para_id are there for polkadot-omni-node and chopsticks."
        },
        footer = {
            "  stella chain spec -o spec.json",
            "  stella chain spec --preset local | gzip > spec.json.gz",
            "  polkadot-omni-node --chain spec.json --dev --tmp"
        })
public final class ChainSpec implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "One of the runtime: development (default) or local.")
    private String preset = "development";

    @Option(names = "-o", paramLabel = "FILE", description = "Where to; standard output by default.")
    private Optional<Path> file = Optional.empty();

    public ChainSpec(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Genesis genesis = genesis();
        ObjectMapper json = new ObjectMapper();
        json.getFactory().disable(com.fasterxml.jackson.core.JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        var specification = Specification.of(genesis, preset);
        if (file.isEmpty()) {
            json.writeValue(console.out(), specification);
            console.out().println();
            console.out().flush();
            return ExitCode.OK.number();
        }
        try (OutputStream out =
                Files.newOutputStream(file.get(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            json.writeValue(out, specification);
            out.write('\n');
        } catch (FileAlreadyExistsException e) {
            throw CommandException.of(ExitCode.FAILED, "file-exists", file.get() + " exists already")
                    .hint("choose another name with -o, or remove it");
        }
        console.say("wrote " + file.get());
        return ExitCode.OK.number();
    }

    private Genesis genesis() {
        if (preset.isBlank())
            throw CommandException.of(ExitCode.USAGE, "preset-missing", "--preset needs a name")
                    .hint("stella chain spec --preset development");
        try {
            return StellaRuntime.genesis(preset, StellaRuntime.loader());
        } catch (IllegalArgumentException e) {
            throw CommandException.of(ExitCode.NOT_FOUND, "preset-unknown", String.valueOf(e.getMessage()));
        }
    }
}
