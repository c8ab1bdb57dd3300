package stella.node.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import stella.node.vault.PieceFeed;
import stella.roles.Chance;
import stella.roles.Vault;

/**
 * Pulls a piece by HTTP ranges into a part file and goes on where an earlier attempt, or an earlier life of the program, stopped.
 *
 * <p>It blocks the calling thread. It never writes more than the piece's size, ends when its patience is used up, and leaves the
 * part file as it is: whoever verifies the piece decides about it.
 */
public final class PieceDownload implements PieceFeed, AutoCloseable {
    private static final int BUFFER = 256 << 10;

    private final OkHttpClient client;
    private final DownloadSettings settings;
    private final Chance chance;

    public PieceDownload(TransferSettings transfer, DownloadSettings settings, Chance chance) {
        this.client = HttpClients.create(transfer)
                .newBuilder()
                .readTimeout(settings.silence())
                .build();
        this.settings = settings;
        this.chance = chance;
    }

    @Override
    public Pulled pull(String source, long size, Path part, Vault.Progress progress) throws IOException {
        HttpUrl url;
        try {
            url = Addresses.source(source);
        } catch (IllegalArgumentException e) {
            return new Pulled.Unreachable(0, String.valueOf(e.getMessage()));
        }
        try (FileChannel file = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (file.size() > size) file.truncate(0);
            return new Run(url, size, file, progress).toTheEnd();
        }
    }

    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.connectionPool().evictAll();
    }

    /** One download with its attempts. */
    private final class Run {
        private final HttpUrl url;
        private final long size;
        private final FileChannel file;
        private final Vault.Progress progress;
        private final long end;

        Run(HttpUrl url, long size, FileChannel file, Vault.Progress progress) {
            this.url = url;
            this.size = size;
            this.file = file;
            this.progress = progress;
            this.end = System.nanoTime() + settings.patience(size).toNanos();
        }

        Pulled toTheEnd() throws IOException {
            int attempts = 0;
            int fruitless = 0;
            while (true) {
                long had = file.size();
                attempts++;
                Tried tried = had == size ? Tried.whole() : attempt(had);
                if (tried.ended().isPresent()) return tried.ended().get();
                if (file.size() == size) return new Pulled.Whole(attempts);
                fruitless = file.size() > had ? 0 : fruitless + 1;
                boolean late = System.nanoTime() > end;
                if (late || tried.hopeless() || fruitless >= settings.fruitlessMax() || !pause(fruitless))
                    return new Pulled.Unreachable(attempts, late ? tooSlow(tried.problem()) : tried.problem());
            }
        }

        private String tooSlow(String problem) {
            return "only " + progressWords() + " came within "
                    + settings.patience(size).toSeconds() + " s; last: " + problem;
        }

        private String progressWords() {
            try {
                return file.size() + " of " + size + " bytes";
            } catch (IOException e) {
                return "a part";
            }
        }

        private Tried attempt(long from) throws IOException {
            Request request = new Request.Builder()
                    .url(url)
                    .header("Accept-Encoding", "identity")
                    .header("Range", "bytes=" + from + "-" + (size - 1))
                    .build();
            Call call = client.newCall(request);
            call.timeout().timeout(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            Response response;
            try {
                response = call.execute();
            } catch (IOException e) {
                return Tried.again(Texts.reason(e));
            }
            try (response) {
                return take(response, from);
            }
        }

        private Tried take(Response response, long from) throws IOException {
            return switch (response.code()) {
                case 200 -> whole(response);
                case 206 -> part(response, from);
                case 408, 425, 429, 500, 502, 503, 504 -> Tried.again(status(response));
                default -> Tried.never(status(response));
            };
        }

        /** A source without ranges sends everything again. */
        private Tried whole(Response response) throws IOException {
            long length = response.body().contentLength();
            if (length >= 0 && length != size) return Tried.end(new Pulled.WrongSize(length));
            file.truncate(0);
            return copy(response, 0);
        }

        private Tried part(Response response, long from) throws IOException {
            Optional<ContentRange> range = ContentRange.parse(response.header("Content-Range", ""));
            if (range.isEmpty() || range.get().first() != from)
                return Tried.never("the source answered another range than asked for");
            long whole = range.get().size().orElse(size);
            return whole == size ? copy(response, from) : Tried.end(new Pulled.WrongSize(whole));
        }

        private static String status(Response response) {
            return "status " + response.code() + ": " + Texts.detail(response);
        }

        /** Network failures end the attempt, failures of the disk leave as exceptions. */
        private Tried copy(Response response, long from) throws IOException {
            InputStream body = response.body().byteStream();
            byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, size - from))];
            long at = from;
            while (at < size) {
                int read;
                try {
                    read = body.read(buffer, 0, (int) Math.min(buffer.length, size - at));
                } catch (IOException e) {
                    return Tried.again(Texts.reason(e));
                }
                if (read < 0) return Tried.again("the source stopped at byte " + at + " of " + size);
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                while (bytes.hasRemaining()) at += file.write(bytes, at);
                progress.at(at, size);
            }
            return Tried.whole();
        }

        private boolean pause(int fruitless) {
            if (fruitless == 0) return true;
            long doubled = settings.pauseMin().toNanos() << Math.min(fruitless - 1, 20);
            long nanos = Math.min(doubled, settings.pauseMax().toNanos());
            try {
                // Half of it by chance, so that many nodes do not come back to one source at the same moment.
                Thread.sleep(Duration.ofNanos(nanos / 2 + chance.below(nanos / 2 + 1)));
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    /** How one attempt went: at its end, worth another, or hopeless. */
    private record Tried(Optional<Pulled> ended, boolean hopeless, String problem) {
        static Tried whole() {
            return new Tried(Optional.empty(), false, "");
        }

        static Tried end(Pulled pulled) {
            return new Tried(Optional.of(pulled), true, "");
        }

        static Tried again(String problem) {
            return new Tried(Optional.empty(), false, problem);
        }

        static Tried never(String problem) {
            return new Tried(Optional.empty(), true, problem);
        }
    }
}
