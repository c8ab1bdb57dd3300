package stella.node.cli.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import stella.node.cli.CommandException;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;
import stella.node.cli.Facts;
import stella.node.cli.ProgressLine;
import stella.node.content.ParallelCommitment;
import stella.protocol.piece.Piece;

/** {@code stella commp}: the commitment to a file's bytes as they are. */
@Command(
        name = "commp",
        header = "Print the piece CID (CommP, version 2) of a file.",
        description = {
            "The file is taken as it is: for content that is to be stored, pack it first with `stella car pack`.",
            "JSON keys: pieceCid, pieceCidV1, paddedSize, height, padding, root, size."
        },
        footer = {"  stella commp model.tflite.car", "  stella commp data.bin --output json | jq -r .pieceCidV1"})
public final class CommpCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "FILE|-", description = "What to commit to; - is standard input.")
    private String source = "";

    public CommpCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Piece piece = commit();
        console.value(
                piece.cid(),
                Facts.of("pieceCid", piece.cid())
                        .and("pieceCidV1", piece.cidV1())
                        .and("paddedSize", piece.paddedSize())
                        .and("height", piece.height())
                        .and("padding", piece.padding())
                        .and("root", piece.root())
                        .and("size", piece.payloadSize()));
        return ExitCode.OK.number();
    }

    private Piece commit() throws IOException {
        try (ProgressLine progress = console.progress()) {
            if (source.equals(SourceOptions.STDIN)) {
                progress.phase("hashing", -1);
                return ParallelCommitment.of(console.in(), progress);
            }
            Path file = SourceOptions.existing(source);
            if (Files.isDirectory(file))
                throw CommandException.of(ExitCode.USAGE, "is-directory", file + " is a directory; a piece is one file")
                        .hint("stella car pack " + source);
            progress.phase("hashing", Files.size(file));
            try (InputStream in = Files.newInputStream(file)) {
                return ParallelCommitment.of(in, progress);
            }
        }
    }
}
