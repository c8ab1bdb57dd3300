package stella.node.cli.content;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import stella.node.cli.CommandException;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;
import stella.node.cli.ProgressLine;
import stella.node.content.CarFile;
import stella.protocol.Hash;
import stella.protocol.piece.Piece;
import stella.protocol.possession.Challenges;

/** {@code stella proof make}. */
@Command(
        name = "make",
        header = "Prove possession of a CAR for a seed and a deal.",
        description = {
            "Prints the proof as JSON whatever --output says: pieceCid, seed, deal, answers with index, leaf and path.",
            "Which leaves must be shown follows from seed, deal and size; see clause PP-2."
        },
        footer = "  stella proof make model.tflite.car --seed 0x5ca1ab1e… --deal 7 > proof.json")
public final class ProofMake implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "CAR", description = "The CAR file.")
    private Path car = Path.of("");

    @Option(
            names = "--seed",
            required = true,
            paramLabel = "HEX",
            description = "Randomness of the proving window, 32 bytes.")
    private Hash seed = Hash.ZERO;

    @Option(names = "--deal", required = true, paramLabel = "ID", description = "Number of the deal.")
    private long deal;

    @Option(
            names = "--challenges",
            paramLabel = "N",
            defaultValue = "5",
            description = "Leaves to prove (default: ${DEFAULT-VALUE}).")
    private int challenges;

    @Option(
            names = "--piece",
            paramLabel = "PIECE",
            description = "The piece the CAR must be (default: whatever it is).")
    private Optional<Piece> piece = Optional.empty();

    public ProofMake(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        SourceOptions.existing(car.toString());
        if (challenges < 1 || challenges > ProofJson.ANSWERS_MAX)
            throw CommandException.of(
                    ExitCode.USAGE,
                    "usage",
                    "a proof shows 1 to " + ProofJson.ANSWERS_MAX + " leaves, not " + challenges);
        try (CarFile file = CarFile.open(car)) {
            Piece proven = piece.isPresent() ? piece.get() : computed(file);
            List<Long> leaves = Challenges.of(seed, deal, proven, challenges);
            console.document(new ProofJson(proven, seed, deal, file.prove(proven, leaves)).toFacts());
        }
        return ExitCode.OK.number();
    }

    private Piece computed(CarFile file) throws IOException {
        try (ProgressLine progress = console.progress()) {
            return file.piece(progress);
        }
    }
}
