package stella.node.cli.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import stella.node.cli.CommandException;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;
import stella.node.cli.Facts;
import stella.protocol.Hash;
import stella.protocol.piece.Piece;
import stella.protocol.possession.Challenges;
import stella.protocol.possession.LeafProof;

/** {@code stella proof verify}. */
@Command(
        name = "verify",
        header = "Check a proof of possession as the chain does.",
        description = {
            "The leaves must be the ones that seed and deal demand, and every path must lead to the piece's root.",
            "Exit code 6 when the proof does not hold. JSON keys: valid, pieceCid, seed, deal, leaves."
        },
        footer = {
            "  stella proof verify bafkzcib… proof.json",
            "  stella proof verify bafkzcib… proof.json --seed 0x5ca1ab1e… --deal 7"
        })
public final class ProofVerify implements Callable<Integer> {
    private static final int BYTES_MAX = 16 << 20;

    private final Console console;

    @Parameters(index = "0", paramLabel = "PIECE", description = "The piece CID (version 2).")
    private Piece piece = new Piece(Hash.ZERO, Piece.HEIGHT_MIN, 0);

    @Parameters(
            index = "1",
            paramLabel = "PROOF|-",
            description = "The proof as `stella proof make` prints it; - is standard input.")
    private String source = "";

    @Option(names = "--seed", paramLabel = "HEX", description = "The seed it must answer (default: the one it states).")
    private Optional<Hash> seed = Optional.empty();

    @Option(names = "--deal", paramLabel = "ID", description = "The deal it must be for (default: the one it states).")
    private Optional<Long> deal = Optional.empty();

    public ProofVerify(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        ProofJson proof = read();
        check(proof.piece().equals(piece), "it is for piece " + proof.piece().cid());
        check(seed.isEmpty() || seed.get().equals(proof.seed()), "it answers seed " + proof.seed());
        check(deal.isEmpty() || deal.get() == proof.deal(), "it is for deal " + Long.toUnsignedString(proof.deal()));
        List<LeafProof> answers = proof.answers();
        check(!answers.isEmpty() && piece.leafCount() > 0, "it shows no leaf");
        List<Long> leaves = Challenges.of(proof.seed(), proof.deal(), piece, answers.size());
        for (int i = 0; i < answers.size(); i++) {
            LeafProof answer = answers.get(i);
            check(
                    answer.index() == leaves.get(i),
                    "challenge " + i + " demands leaf " + leaves.get(i) + ", it shows leaf " + answer.index());
            check(
                    answer.leadsTo(piece),
                    "the path of leaf " + answer.index() + " does not lead to the root of the piece");
        }
        console.facts(Facts.of("valid", true)
                .and("pieceCid", piece.cid())
                .and("seed", proof.seed())
                .and("deal", Long.toUnsignedString(proof.deal()))
                .and("leaves", leaves));
        return ExitCode.OK.number();
    }

    private ProofJson read() throws IOException {
        try (InputStream in = source.equals(SourceOptions.STDIN)
                ? console.in()
                : Files.newInputStream(SourceOptions.existing(source))) {
            byte[] text = in.readNBytes(BYTES_MAX);
            return ProofJson.parse(new String(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw CommandException.of(ExitCode.INTEGRITY, "proof-malformed", source + " is no proof")
                    .because(String.valueOf(e.getMessage()));
        }
    }

    private void check(boolean holds, String otherwise) {
        if (!holds)
            throw CommandException.of(ExitCode.INTEGRITY, "proof-invalid", "the proof does not hold")
                    .because(otherwise);
    }
}
