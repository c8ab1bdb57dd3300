package stella.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import stella.node.cli.CommandException;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;
import stella.node.cli.Facts;
import stella.node.cli.ProgressLine;
import stella.node.content.Extraction;
import stella.node.content.Progress;
import stella.protocol.cid.Cid;
import stella.protocol.unixfs.Content;
import stella.protocol.unixfs.ContentReader;

/** {@code stella get}. */
@Command(
        name = "get",
        header = "Fetch content by its CID and write it to the disk, verified block by block.",
        description = {
            "An interrupted download of a file goes on where it stopped; a directory appears whole or not at all.",
            "Nothing is written outside of OUT, and nothing is overwritten without --force.",
            "JSON keys: cid, type, out, bytes, resumedBytes."
        },
        footer = {
            "  stella get bafy… -o model.tflite",
            "  stella get bafy… 2026/cat.jpg              one file of a directory",
            "  stella get bafy… --range 0-1023 -o head    the first KiB",
            "  stella get bafy… -o - | sha256sum"
        })
public final class GetCommand extends ContentCommand {
    private static final String STDOUT = "-";

    @Option(
            names = {"-o", "--out"},
            paramLabel = "OUT",
            description = "Where to write (default: the last part of PATH, or the CID); - is standard output.")
    private Optional<String> out = Optional.empty();

    @Option(
            names = "--range",
            paramLabel = "A-B",
            description = "Only the bytes from A to B of a file, both included; A- is to its end.")
    private Optional<String> range = Optional.empty();

    @Option(names = "--force", description = "Replace an existing file.")
    private boolean force;

    public GetCommand(Console console) {
        super(console);
    }

    @Override
    String resumption() {
        return TypedArguments.again(spec());
    }

    @Override
    boolean readsAhead() {
        return range.isEmpty();
    }

    @Override
    ExitCode read(ContentReader reader, Cid cid, Interruption interruption) throws IOException {
        ByteRange bytes = range.map(ByteRange::parse).orElse(ByteRange.ALL);
        Content found = reader.content(cid);
        if (out.isPresent() && out.get().equals(STDOUT))
            return Streaming.toStandardOutput(console, reader, found, bytes);
        Path target = Path.of(out.orElseGet(content()::name));
        console.facts(toDisk(reader, found, bytes, target, interruption));
        return ExitCode.OK;
    }

    private Facts toDisk(ContentReader reader, Content found, ByteRange bytes, Path target, Interruption interruption)
            throws IOException {
        try (ProgressLine line = console.progress()) {
            Progress progress = interruption.checked(line);
            return switch (found) {
                case Content.File file -> file(reader, file, bytes, target, progress);
                case Content.Directory _, Content.Symlink _ -> tree(reader, found, target, progress);
            };
        }
    }

    private Facts file(ContentReader reader, Content.File file, ByteRange bytes, Path target, Progress progress)
            throws IOException {
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) throw exists(target, "it is a directory");
        if (!force && Files.exists(target, LinkOption.NOFOLLOW_LINKS))
            throw exists(target, "use --force to replace it");
        FileDownload.Done done = new FileDownload(reader, file.cid(), bytes, target).write(force, progress);
        return Facts.of("cid", file.cid())
                .and("type", "file")
                .and("out", target)
                .and("bytes", done.bytes())
                .and("resumedBytes", done.resumed());
    }

    private Facts tree(ContentReader reader, Content tree, Path target, Progress progress) throws IOException {
        if (range.isPresent())
            throw CommandException.of(ExitCode.USAGE, "usage", "--range is for files; " + tree.cid() + " is none")
                    .hint("name a file inside it: ./stella ls " + content().words());
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) throw exists(target, "directories are never replaced");
        Counter counter = new Counter(progress);
        Extraction.write(reader, tree.cid(), target, counter);
        return Facts.of("cid", tree.cid())
                .and("type", tree instanceof Content.Directory ? "directory" : "symlink")
                .and("out", target)
                .and("bytes", counter.bytes())
                .and("resumedBytes", 0);
    }

    private static CommandException exists(Path target, String why) {
        return CommandException.of(ExitCode.FAILED, "file-exists", target + " exists already")
                .because(why)
                .hint("choose another name with -o");
    }

    /** Counts on the way. */
    private static final class Counter implements Progress {
        private final Progress progress;
        private long bytes;

        Counter(Progress progress) {
            this.progress = progress;
        }

        long bytes() {
            return bytes;
        }

        @Override
        public void phase(String what, long total) {
            progress.phase(what, total);
        }

        @Override
        public void advance(long more) {
            bytes += more;
            progress.advance(more);
        }
    }
}
