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
import stella.node.content.CarCheck;
import stella.protocol.cid.Cid;
import stella.protocol.piece.Piece;

/** {@code stella car verify}. */
@Command(
        name = "verify",
        header = "Check a CAR entirely, as a Store does before it takes a deal.",
        description = {
            "One root, every block what its CID says, all blocks of the content and no others, depth first, and the commitment.",
            "Exit code 6 when anything is wrong. JSON keys: cid, pieceCid, bytes, blocks."
        },
        footer = {"  stella car verify photos.car", "  stella car verify photos.car --root bafy… --piece bafkzcib…"})
public final class CarVerify implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "CAR", description = "The CAR file.")
    private Path car = Path.of("");

    @Option(names = "--root", paramLabel = "CID", description = "The content it must be.")
    private Optional<Cid> root = Optional.empty();

    @Option(names = "--piece", paramLabel = "PIECE", description = "The piece CID (version 2) it must have.")
    private Optional<Piece> piece = Optional.empty();

    public CarVerify(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        SourceOptions.existing(car.toString());
        CarCheck.Result result;
        try (ProgressLine progress = console.progress()) {
            result = CarCheck.check(car, root, piece, progress);
        }
        if (!(result instanceof CarCheck.Sound sound))
            throw CommandException.of(ExitCode.INTEGRITY, "car-unsound", car + " is not sound")
                    .because(result.sentence())
                    .hint("get it again from another source, or pack the content anew");
        console.facts(Facts.of("cid", sound.root())
                .and("pieceCid", sound.piece().cid())
                .and("bytes", sound.bytes())
                .and("blocks", sound.blocks()));
        return ExitCode.OK.number();
    }
}
