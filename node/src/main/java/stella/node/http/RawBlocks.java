package stella.node.http;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;

/** Single blocks of the trustless gateway: {@code GET /ipfs/{cid}} as {@code application/vnd.ipld.raw} (FE-1). */
final class RawBlocks {
    static final String MEDIA_TYPE = "application/vnd.ipld.raw";

    private static final ContentType TYPE = ContentTypes.parse(MEDIA_TYPE);

    private RawBlocks() {}

    static CompletionStage<HttpResponse> serve(
            HttpRequest request, Cid cid, Optional<String> root, BlockSupply supply) {
        return fetch(cid, root, supply).thenApply(supplied -> switch (supplied) {
            case BlockSupply.Supplied.Block(Bytes data) -> Replies.content(request, content(cid, data));
            case BlockSupply.Supplied.Refused refused -> Replies.refusal(refused);
        });
    }

    /** One block; an identity CID brings its bytes along, also the probe {@code bafkqaaa}. */
    static CompletionStage<BlockSupply.Supplied> fetch(Cid cid, Optional<String> root, BlockSupply supply) {
        return cid.isIdentity()
                ? CompletableFuture.completedFuture(
                        new BlockSupply.Supplied.Block(cid.hash().digest()))
                : supply.block(cid.toString(), root);
    }

    static Content content(Cid cid, Bytes data) {
        byte[] bytes = data.toArray();
        List<HttpHeader> headers = List.of(
                Replies.IMMUTABLE,
                RawHeader.create("Content-Disposition", "attachment; filename=\"" + cid + ".bin\""),
                RawHeader.create("Ipfs-Uri", "ipfs://" + cid),
                RawHeader.create("X-Ipfs-Path", "/ipfs/" + cid),
                RawHeader.create("X-Ipfs-Roots", cid.toString()));
        return new Content(
                TYPE,
                "\"" + cid + ".raw\"",
                bytes.length,
                headers,
                part -> Source.single(ByteString.fromArrayUnsafe(
                        bytes, Math.toIntExact(part.first()), Math.toIntExact(part.length()))));
    }
}
