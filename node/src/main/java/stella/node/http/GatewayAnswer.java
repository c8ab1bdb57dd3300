package stella.node.http;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.unixfs.Content.Directory;
import stella.protocol.unixfs.Content.File;
import stella.protocol.unixfs.Content.Symlink;
import stella.protocol.unixfs.ContentException;
import stella.protocol.unixfs.ContentReader;
import stella.protocol.unixfs.FileStream;

/** One answer of the gateway. It waits for blocks, so it runs on a thread that may wait; the bytes of its body follow later. */
final class GatewayAnswer {
    private static final Duration BLOCK_DEADLINE = Duration.ofSeconds(45);
    private static final int BLOCKS_AHEAD = 4;

    /** Pages of strangers get an origin of their own: their scripts cannot act for a user of this node. */
    private static final HttpHeader SANDBOX = RawHeader.create(
            "Content-Security-Policy", "sandbox allow-scripts allow-forms allow-popups allow-downloads");

    private static final HttpHeader LISTING_ONLY =
            RawHeader.create("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");

    private static final ContentType CAR = ContentTypes.parse("application/vnd.ipld.car; version=1; order=dfs; dups=n");

    private final GatewayServer.Asked asked;
    private final BlockSupply blocks;
    private final Executor readers;
    private final ContentReader reader;
    /** Blocks read so far, in order: the way from the root to the target. */
    private final List<Cid> way = new ArrayList<>();

    GatewayAnswer(GatewayServer.Asked asked, BlockSupply blocks, Executor readers) {
        this.asked = asked;
        this.blocks = blocks;
        this.readers = readers;
        WaitingSource source = source();
        this.reader = new ContentReader(cid -> {
            way.add(cid);
            return source.block(cid);
        });
    }

    HttpResponse give() {
        try {
            Cid target = reader.resolve(asked.root(), String.join("/", asked.names()));
            return switch (asked.format()) {
                case "" -> page(target);
                case "raw" -> raw(target);
                case "car" -> car(target);
                default -> Replies.refusal(406, "the formats served are raw and car, and files as they are");
            };
        } catch (NotSuppliedException e) {
            return Replies.refusal(e.refusal());
        } catch (ContentException e) {
            return Replies.refusal(status(e), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Replies.refusal(502, "the content cannot be read: " + e.getMessage());
        }
    }

    private HttpResponse page(Cid target) throws IOException {
        if (target.codec() != Codec.RAW && target.codec() != Codec.DAG_PB)
            return Replies.refusal(
                    406, "blocks of codec " + Codec.name(target.codec()) + " are served with ?format=raw only");
        return switch (reader.content(target)) {
            case File(Cid cid, long size) ->
                file(cid, size, asked.names().isEmpty() ? "" : asked.names().getLast());
            case Directory(Cid cid) -> directory(cid);
            case Symlink _ -> Replies.refusal(501, asked.path() + " is a symbolic link, and those are not followed");
        };
    }

    private HttpResponse file(Cid cid, long size, String ownName) {
        String name = Requests.parameter(asked.request(), "filename").orElse(ownName);
        List<HttpHeader> headers = new ArrayList<>(pathHeaders(cid));
        headers.add(Replies.IMMUTABLE);
        headers.add(SANDBOX);
        boolean download = Requests.parameter(asked.request(), "download")
                .filter("true"::equals)
                .isPresent();
        if (!name.isEmpty())
            headers.add(RawHeader.create(
                    "Content-Disposition",
                    (download ? "attachment" : "inline") + "; filename*=UTF-8''" + Listing.encoded(name)));
        ContentType type = FileTypes.of(name);
        return Replies.content(
                asked.request(),
                new Content(
                        type, "\"" + cid + "\"", size, headers, part -> FileBody.of(() -> open(cid, part), readers)));
    }

    /** A reader of its own: the stream outlives this answer. */
    private FileStream open(Cid cid, RangeRequest.Part part) throws IOException {
        return new ContentReader(source()).open(cid, part.first(), part.last() + 1);
    }

    private HttpResponse directory(Cid cid) throws IOException {
        if (!asked.request().getUri().getPathString().endsWith("/"))
            return Replies.with(
                    HttpResponse.create().withStatus(StatusCodes.FOUND),
                    List.of(RawHeader.create("Location", asked.encodedPath() + "/")));
        Optional<Cid> index = index(cid);
        if (index.isPresent() && reader.content(index.get()) instanceof File(Cid page, long size))
            return file(page, size, "index.html");
        Listing listing = Listing.of(asked.path(), reader, cid);
        List<HttpHeader> headers = new ArrayList<>(pathHeaders(cid));
        headers.add(LISTING_ONLY);
        headers.add(RawHeader.create("Cache-Control", "public, max-age=3600"));
        headers.add(RawHeader.create("Etag", "W/\"list-" + cid + "\""));
        return Replies.with(
                HttpResponse.create().withEntity(HttpEntities.create(ContentTypes.TEXT_HTML_UTF8, listing.html())),
                headers);
    }

    private Optional<Cid> index(Cid directory) throws IOException {
        try {
            return Optional.of(reader.resolve(directory, "index.html"));
        } catch (ContentException.NoSuchPath none) {
            return Optional.empty();
        }
    }

    private HttpResponse raw(Cid target) throws IOException {
        return Replies.content(asked.request(), RawBlocks.content(target, reader.block(target)));
    }

    private HttpResponse car(Cid target) throws IOException {
        String scope = Requests.parameter(asked.request(), "dag-scope").orElse("all");
        if (!scope.equals("all") && !scope.equals("block"))
            return Replies.refusal(501, "this gateway makes CARs of dag-scope=all and dag-scope=block");
        if (Requests.parameter(asked.request(), "entity-bytes").isPresent())
            return Replies.refusal(
                    501, "this gateway makes no CARs of entity-bytes; ask for single blocks with format=raw");
        List<Cid> before =
                way.stream().distinct().filter(cid -> !cid.equals(target)).toList();
        // Reading it now lets a missing target be a plain 404.
        reader.block(target);
        List<HttpHeader> headers = new ArrayList<>(pathHeaders(target));
        headers.add(Replies.IMMUTABLE);
        headers.add(RawHeader.create("Etag", "W/\"" + target + "." + scope + ".car\""));
        headers.add(RawHeader.create("Content-Disposition", "attachment; filename=\"" + target + ".car\""));
        return Replies.with(
                HttpResponse.create()
                        .withEntity(HttpEntities.createChunked(
                                CAR,
                                FileBody.sections(
                                        () -> new CarExport(
                                                new ContentReader(source()),
                                                asked.root(),
                                                before,
                                                target,
                                                scope.equals("all")),
                                        readers))),
                headers);
    }

    private List<HttpHeader> pathHeaders(Cid target) {
        return List.of(
                RawHeader.create("X-Ipfs-Path", asked.encodedPath()),
                RawHeader.create(
                        "X-Ipfs-Roots", asked.root().equals(target) ? target.toString() : asked.root() + "," + target));
    }

    private WaitingSource source() {
        return new WaitingSource(blocks, Optional.of(asked.root().toString()), BLOCK_DEADLINE, BLOCKS_AHEAD);
    }

    private static int status(ContentException failure) {
        return switch (failure) {
            case ContentException.MissingBlock _, ContentException.NoSuchPath _ -> 404;
            case ContentException.WrongBlock _ -> 502;
            case ContentException.MalformedDag _ -> 422;
        };
    }
}
