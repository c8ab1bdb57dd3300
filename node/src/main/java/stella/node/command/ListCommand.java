package stella.node.command;

import java.io.IOException;
import picocli.CommandLine.Command;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;
import stella.node.cli.Facts;
import stella.node.cli.Rows;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.unixfs.Content;
import stella.protocol.unixfs.ContentReader;
import stella.protocol.unixfs.Link;

/** {@code stella ls}. */
@Command(
        name = "ls",
        header = "List a directory.",
        description = "JSON keys: type, size (bytes of a file), cid, name; for symlinks also target.",
        footer = {"  stella ls bafy…", "  stella ls bafy… 2026 --output plain | cut -f4"})
public final class ListCommand extends ContentCommand {
    public ListCommand(Console console) {
        super(console);
    }

    @Override
    boolean readsAhead() {
        return false;
    }

    @Override
    ExitCode read(ContentReader reader, Cid cid, Interruption interruption) throws IOException {
        Content content = reader.content(cid);
        try (Rows rows = console.rows("type", "size", "cid", "name")) {
            if (content instanceof Content.Directory)
                reader.list(cid, entry -> rows.add(row(entry.name(), entry(reader, entry))));
            else rows.add(row(content().name(), content));
        }
        return ExitCode.OK;
    }

    /** A raw block is a file, and its link states its size: no need to fetch it. */
    private static Content entry(ContentReader reader, Link entry) throws IOException {
        return entry.cid().codec() == Codec.RAW
                ? new Content.File(entry.cid(), entry.tsize())
                : reader.content(entry.cid());
    }

    private static Facts row(String name, Content content) {
        return switch (content) {
            case Content.File(Cid cid, long size) -> facts("file", size, cid, name);
            case Content.Directory(Cid cid) -> facts("directory", 0, cid, name);
            case Content.Symlink(Cid cid, String target) ->
                facts("symlink", 0, cid, name).and("target", target);
        };
    }

    private static Facts facts(String type, long size, Cid cid, String name) {
        return Facts.of("type", type).and("size", size).and("cid", cid).and("name", name);
    }
}
