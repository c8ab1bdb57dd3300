package stella.node.command;

import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;
import stella.protocol.cid.Cid;
import stella.protocol.unixfs.ContentReader;

/** {@code stella cat}. */
@Command(
        name = "cat",
        header = "Write a file to standard output, verified block by block.",
        footer = {"  stella cat bafy… readme.txt", "  stella cat bafy… --range 0-99"})
public final class CatCommand extends ContentCommand {
    @Option(
            names = "--range",
            paramLabel = "A-B",
            description = "Only the bytes from A to B, both included; A- is to the end.")
    private Optional<String> range = Optional.empty();

    public CatCommand(Console console) {
        super(console);
    }

    @Override
    boolean readsAhead() {
        return range.isEmpty();
    }

    @Override
    ExitCode read(ContentReader reader, Cid cid, Interruption interruption) throws IOException {
        ByteRange bytes = range.map(ByteRange::parse).orElse(ByteRange.ALL);
        return Streaming.toStandardOutput(console, reader, reader.content(cid), bytes);
    }
}
