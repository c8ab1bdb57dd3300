package stella.node.command;

import java.io.IOException;
import java.util.Optional;
import stella.node.cli.CommandException;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;
import stella.protocol.Bytes;
import stella.protocol.unixfs.Content;
import stella.protocol.unixfs.ContentReader;
import stella.protocol.unixfs.FileStream;

/** Files on standard output. */
final class Streaming {
    private Streaming() {}

    static ExitCode toStandardOutput(Console console, ContentReader reader, Content content, ByteRange range)
            throws IOException {
        if (!(content instanceof Content.File))
            throw CommandException.of(
                            ExitCode.USAGE,
                            "no-file",
                            content.cid() + " is no file, and only files go to standard output")
                    .hint("./stella ls " + content.cid());
        try (FileStream in = reader.open(content.cid(), range.from(), range.to())) {
            for (Optional<Bytes> part = in.nextPart(); part.isPresent(); part = in.nextPart()) {
                part.get().writeTo(console.out());
                if (console.out().checkError()) throw new IOException("standard output was closed");
            }
        }
        return ExitCode.OK;
    }
}
