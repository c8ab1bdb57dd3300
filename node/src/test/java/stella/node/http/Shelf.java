package stella.node.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.unixfs.DagBuilder;
import stella.protocol.unixfs.Profile;
import stella.protocol.unixfs.Subtree;

/** Blocks in memory, which can be taken away or spoilt. */
final class Shelf implements BlockSupply {
    final Map<String, Bytes> blocks = new HashMap<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    final DagBuilder builder = new DagBuilder(Profile.KUBO_CIDV1, (cid, block) -> blocks.put(cid.toString(), block));

    Subtree file(byte[] data) throws IOException {
        return builder.file(new ByteArrayInputStream(data));
    }

    Subtree directory(Map<String, Subtree> entries) throws IOException {
        return builder.directory(entries);
    }

    Bytes get(Cid cid) {
        return Objects.requireNonNull(blocks.get(cid.toString()));
    }

    void spoil(Cid cid) {
        byte[] bytes = get(cid).toArray();
        bytes[bytes.length / 2] ^= 1;
        blocks.put(cid.toString(), Bytes.owning(bytes));
    }

    @Override
    public CompletionStage<Supplied> block(String cid, Optional<String> root) {
        asked.add(cid);
        Bytes block = blocks.get(cid);
        return CompletableFuture.completedFuture(
                block == null ? new Supplied.Refused(Reason.MISSING, "no block " + cid) : new Supplied.Block(block));
    }
}
