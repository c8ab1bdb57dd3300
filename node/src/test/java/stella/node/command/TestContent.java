package stella.node.command;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.unixfs.DagBuilder;
import stella.protocol.unixfs.DagPb;
import stella.protocol.unixfs.Link;
import stella.protocol.unixfs.Profile;
import stella.protocol.unixfs.Subtree;
import stella.protocol.unixfs.UnixFs;

/** Content in memory, and the trustless gateway that serves it, as honestly as the test wants. */
final class TestContent {
    final Map<String, Bytes> blocks = new ConcurrentHashMap<>();

    private final DagBuilder builder =
            new DagBuilder(Profile.UNIXFS_V1_2025, (cid, block) -> blocks.put(cid.toString(), block));

    Subtree file(byte[] bytes) throws IOException {
        return builder.file(new ByteArrayInputStream(bytes));
    }

    Subtree directory(Map<String, Subtree> entries) throws IOException {
        return builder.directory(entries);
    }

    Subtree symlink(String target) throws IOException {
        return builder.symlink(target);
    }

    /** A directory that no honest builder makes: its entry may be called anything. */
    Cid directoryWith(String name, Subtree entry) {
        Bytes block = new DagPb(
                        List.of(new Link(entry.cid(), name, entry.tsize())),
                        UnixFs.directory().encode())
                .encode();
        Cid cid = Cid.of(Codec.DAG_PB, block);
        blocks.put(cid.toString(), block);
        return cid;
    }

    Bytes block(Cid cid) {
        return Objects.requireNonNull(blocks.get(cid.toString()));
    }

    HttpResponse gateway(HttpRequest request) {
        String path = request.getUri().path();
        Bytes block = blocks.get(path.substring(path.lastIndexOf('/') + 1));
        return block == null
                ? HttpResponse.create().withStatus(404)
                : HttpResponse.create()
                        .withEntity(HttpEntities.create(
                                ContentTypes.APPLICATION_OCTET_STREAM, ByteString.fromArray(block.toArray())));
    }
}
