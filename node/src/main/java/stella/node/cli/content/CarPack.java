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
import stella.node.content.CarImport;
import stella.node.content.Imported;
import stella.protocol.unixfs.Profile;

/** {@code stella car pack}. */
@Command(
        name = "pack",
        header = "Pack a file or directory into a CAR and commit to it.",
        description = {
            "Beside the CAR lie OUT.index and OUT.tree, which make later reading and proving fast; they may be deleted.",
            "JSON keys: cid, pieceCid, profile, car, carBytes, contentBytes, blocks (different ones)."
        },
        footer = {
            "  stella car pack model.tflite                 writes model.tflite.car",
            "  stella car pack photos/ -o photos.car",
            "  tar c photos | stella car pack - -o photos.tar.car"
        })
public final class CarPack implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "FILE|DIR|-", description = "What to pack; - is standard input and needs -o.")
    private String source = "";

    @Option(
            names = {"-o", "--out"},
            paramLabel = "CAR",
            description = "Where the CAR is written (default: the name of the source with .car).")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--profile", paramLabel = "P", defaultValue = "unixfs-v1-2025", description = SourceOptions.PROFILE)
    private Profile profile = Profile.UNIXFS_V1_2025;

    public CarPack(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        boolean stream = source.equals(SourceOptions.STDIN);
        Path car = SourceOptions.free(out.orElseGet(this::besideTheSource));
        Imported imported;
        try (ProgressLine progress = console.progress()) {
            imported = stream
                    ? CarImport.pack(console.in(), car, profile, progress)
                    : CarImport.pack(SourceOptions.existing(source), car, profile, progress);
        }
        console.facts(Facts.of("cid", imported.root())
                .and("pieceCid", imported.piece().cid())
                .and("profile", profile)
                .and("car", car)
                .and("carBytes", imported.carBytes())
                .and("contentBytes", imported.contentBytes())
                .and("blocks", imported.blocks()));
        console.next("stella car verify " + car);
        return ExitCode.OK.number();
    }

    private Path besideTheSource() {
        Path name = Path.of(source).toAbsolutePath().normalize().getFileName();
        if (source.equals(SourceOptions.STDIN) || name == null)
            throw CommandException.of(ExitCode.USAGE, "usage", "the CAR needs a name, and '" + source + "' has none")
                    .hint("stella car pack " + source + " -o OUT.car");
        return Path.of(name + ".car");
    }
}
