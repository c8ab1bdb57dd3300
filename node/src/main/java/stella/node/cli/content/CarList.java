package stella.node.cli.content;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
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
import stella.node.cli.Rows;
import stella.node.content.CarFile;
import stella.protocol.car.CarReader;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.unixfs.Content;
import stella.protocol.unixfs.ContentReader;

/** {@code stella car ls}. */
@Command(
        name = "ls",
        header = "List what is in a CAR.",
        description = {
            "Files and directories of the content, or with --blocks the blocks in the order of the file.",
            "JSON keys: type, size, cid, path; with --blocks: cid, codec, size, position."
        },
        footer = {"  stella car ls photos.car", "  stella car ls photos.car --blocks --output plain | wc -l"})
public final class CarList implements Callable<Integer> {
    private static final int DEPTH_MAX = 512;

    private final Console console;

    @Parameters(paramLabel = "CAR", description = "The CAR file.")
    private Path car = Path.of("");

    @Option(names = "--blocks", description = "List blocks instead of files.")
    private boolean blocks;

    public CarList(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        SourceOptions.existing(car.toString());
        if (blocks) listBlocks();
        else listFiles();
        return ExitCode.OK.number();
    }

    private void listBlocks() throws IOException {
        try (Rows rows = console.rows("cid", "codec", "size", "position");
                InputStream in = new BufferedInputStream(Files.newInputStream(car))) {
            CarReader reader = new CarReader(in);
            for (Optional<CarReader.Section> next = reader.next(); next.isPresent(); next = reader.next()) {
                CarReader.Section section = next.get();
                rows.add(Facts.of("cid", section.cid())
                        .and("codec", Codec.name(section.cid().codec()))
                        .and("size", section.block().length())
                        .and("position", section.start()));
            }
        }
    }

    private void listFiles() throws IOException {
        try (Rows rows = console.rows("type", "size", "cid", "path");
                CarFile file = CarFile.open(car)) {
            list(new ContentReader(file), file.root(), "/", 0, rows);
        }
    }

    private static void list(ContentReader reader, Cid cid, String path, int depth, Rows rows) throws IOException {
        if (depth > DEPTH_MAX)
            throw CommandException.of(
                            ExitCode.INTEGRITY, "too-deep", path + " lies deeper than " + DEPTH_MAX + " directories")
                    .hint("stella car ls --blocks CAR");
        switch (reader.content(cid)) {
            case Content.File file -> rows.add(row("file", file.size(), cid, path));
            case Content.Symlink link -> rows.add(row("symlink", 0, cid, path).and("target", link.target()));
            case Content.Directory _ -> {
                rows.add(row("directory", 0, cid, path));
                String prefix = path.endsWith("/") ? path : path + "/";
                reader.list(cid, entry -> list(reader, entry.cid(), prefix + entry.name(), depth + 1, rows));
            }
        }
    }

    private static Facts row(String type, long size, Cid cid, String path) {
        return Facts.of("type", type).and("size", size).and("cid", cid).and("path", path);
    }
}
