package stella.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import stella.devchain.StellaRuntime;
import stella.devchain.chain.Genesis;
import stella.node.cli.CommandException;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;
import stella.node.cli.Facts;
import stella.node.cli.ProgressLine;
import stella.protocol.Hash;

/** {@code stella chain import}. */
@Command(
        name = "import",
        header = "Execute the recorded blocks of a chain and compare the results.",
        description = {
            "Each block runs on the state after the one before, by the runtime that",
            "this state carries, and must arrive at the state root of its header.",
            "FILE is JSON, also gzipped: {genesis, blocks: [{hash, header,",
            "extrinsics}]}, the first block being block 0.",
            "Exit code 6 at the first difference.",
            "JSON keys: blocks, number, hash, stateRoot."
        },
        footer = {"  stella chain import blocks.json.gz --spec spec.json.gz"})
public final class ChainImport implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "FILE", description = "The recording.")
    private Path file = Path.of("");

    @Option(
            names = "--spec",
            paramLabel = "FILE",
            required = true,
            description = "The raw chain specification of block 0.")
    private Path spec = Path.of("");

    public ChainImport(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Replay replay;
        try (ProgressLine progress = console.progress();
                Recording recording = Recording.open(file)) {
            progress.phase("executing", -1);
            replay = new Replay(genesis(), StellaRuntime.loader());
            for (var block = recording.next(); block.isPresent(); block = recording.next()) {
                replay.next(block.get());
            }
            replay.requireBlocks();
            recording.genesis().ifPresent(replay::requireGenesis);
        } catch (Recording.Malformed e) {
            throw CommandException.of(ExitCode.INTEGRITY, "recording-malformed", String.valueOf(e.getMessage()))
                    .hint("a recording is {genesis, blocks: [{hash, header, extrinsics}]}");
        } catch (Replay.Difference e) {
            throw CommandException.of(ExitCode.INTEGRITY, "block-differs", String.valueOf(e.getMessage()))
                    .detail("block", e.number());
        }
        Hash hash = replay.hash();
        console.value(
                replay.count() + " blocks, each with the state that was recorded; the last is block " + replay.number()
                        + " " + hash,
                Facts.of("blocks", replay.count())
                        .and("number", replay.number())
                        .and("hash", hash)
                        .and("stateRoot", replay.stateRoot()));
        return ExitCode.OK.number();
    }

    private Genesis genesis() throws IOException {
        try {
            return Genesis.fromSpecification(Recording.document(spec));
        } catch (IllegalArgumentException e) {
            throw CommandException.of(ExitCode.INTEGRITY, "specification-malformed", spec + ": " + e.getMessage())
                    .hint("stella chain spec");
        }
    }
}
