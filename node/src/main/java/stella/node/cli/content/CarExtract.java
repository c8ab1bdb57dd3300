package stella.node.cli.content;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import stella.node.cli.CommandException;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;
import stella.node.cli.Facts;
import stella.node.cli.ProgressLine;
import stella.node.content.CarFile;
import stella.node.content.Extraction;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.unixfs.ContentReader;
import stella.protocol.unixfs.FileStream;

/** {@code stella car extract}. */
@Command(
        name = "extract",
        header = "Write the content of a CAR to the disk, verified block by block.",
        description = {
            "The target appears whole or not at all; nothing is ever overwritten or written outside of it.",
            "JSON keys: cid, out."
        },
        footer = {
            "  stella car extract photos.car                      writes photos",
            "  stella car extract photos.car 2026/cat.jpg -o cat.jpg",
            "  stella car extract model.car -o - | sha256sum"
        })
public final class CarExtract implements Callable<Integer> {
    private static final String STDOUT = "-";

    private final Console console;

    @Parameters(index = "0", paramLabel = "CAR", description = "The CAR file.")
    private Path car = Path.of("");

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PATH",
            description = "A path inside the content (default: all of it).")
    private Optional<String> path = Optional.empty();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "OUT",
            description =
                    "Where to write (default: the name of the CAR without .car); - is standard output, for one file.")
    private Optional<String> out = Optional.empty();

    public CarExtract(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        SourceOptions.existing(car.toString());
        try (CarFile file = CarFile.open(car)) {
            ContentReader reader = new ContentReader(file);
            Cid cid = reader.resolve(file.root(), path.orElse(""));
            if (out.isPresent() && out.get().equals(STDOUT)) toStandardOutput(reader, cid);
            else toDisk(reader, cid, SourceOptions.free(out.map(Path::of).orElseGet(this::nameOfContent)));
        }
        return ExitCode.OK.number();
    }

    private void toDisk(ContentReader reader, Cid cid, Path target) throws IOException {
        try (ProgressLine progress = console.progress()) {
            Extraction.write(reader, cid, target, progress);
        }
        console.facts(Facts.of("cid", cid).and("out", target));
    }

    private void toStandardOutput(ContentReader reader, Cid cid) throws IOException {
        try (FileStream in = reader.open(cid)) {
            for (Optional<Bytes> part = in.nextPart(); part.isPresent(); part = in.nextPart()) {
                part.get().writeTo(console.out());
                if (console.out().checkError()) throw new IOException("standard output was closed");
            }
        }
    }

    private Path nameOfContent() {
        String inside = path.orElse("").replaceAll("/+$", "");
        String name =
                inside.isEmpty() ? String.valueOf(car.getFileName()) : inside.substring(inside.lastIndexOf('/') + 1);
        if (!inside.isEmpty()) return Path.of(name);
        if (name.endsWith(".car")) return Path.of(name.substring(0, name.length() - ".car".length()));
        throw CommandException.of(
                        ExitCode.USAGE, "usage", "'" + name + "' does not end in .car, so the target needs a name")
                .hint("stella car extract " + car + " -o OUT");
    }
}
