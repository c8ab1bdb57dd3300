package stella.node.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import stella.protocol.unixfs.FileStream;

/** Bodies whose bytes come from a reader that waits: each step runs on an executor, and only when the other end wants more. */
final class FileBody {
    private FileBody() {}

    interface Step<T> {
        T run() throws IOException;
    }

    /** The bytes of a file; a failure fails the stream, which cuts the connection. */
    static Source<ByteString, NotUsed> of(Step<FileStream> open, Executor readers) {
        return stream(open, file -> file.nextPart().map(part -> ByteString.fromArrayUnsafe(part.toArray())), readers);
    }

    static Source<ByteString, NotUsed> sections(Step<CarExport> open, Executor readers) {
        return stream(open, CarExport::next, readers);
    }

    private interface Next<R> {
        Optional<ByteString> of(R reader) throws IOException;
    }

    private static <R> Source<ByteString, NotUsed> stream(Step<R> open, Next<R> next, Executor readers) {
        return Source.unfoldResourceAsync(
                () -> on(readers, open),
                reader -> on(readers, () -> next.of(reader)),
                _ -> CompletableFuture.completedFuture(Done.getInstance()));
    }

    private static <T> CompletionStage<T> on(Executor readers, Step<T> step) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return step.run();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                readers);
    }
}
