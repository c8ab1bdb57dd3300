package stella.roles.inspector;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import stella.protocol.Bytes;
import stella.protocol.car.CarWriter;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.piece.Commitment;
import stella.protocol.piece.Payload;
import stella.protocol.piece.Piece;
import stella.protocol.possession.LeafProof;
import stella.protocol.possession.Prover;
import stella.protocol.unixfs.DagPb;
import stella.protocol.unixfs.Link;

/** A small DAG of two levels above its leaves, as the piece a Store would hold. */
record Content(Cid root, Piece piece, SortedMap<Cid, Bytes> blocks, Bytes car) {
    static Content random(long seed) {
        Random random = new Random(seed);
        Map<Cid, Bytes> blocks = new TreeMap<>();
        List<Link> top = new ArrayList<>();
        for (int branch = 0; branch < 3; branch++) {
            List<Link> links = new ArrayList<>();
            long size = 0;
            for (int leaf = 0; leaf < 4; leaf++) {
                byte[] bytes = new byte[40 + random.nextInt(200)];
                random.nextBytes(bytes);
                links.add(put(blocks, Codec.RAW, Bytes.owning(bytes), bytes.length));
                size += bytes.length;
            }
            top.add(put(blocks, Codec.DAG_PB, new DagPb(links, Bytes.EMPTY).encode(), size));
        }
        Link root = put(blocks, Codec.DAG_PB, new DagPb(top, Bytes.EMPTY).encode(), 0);
        return of(root.cid(), blocks);
    }

    static Content of(Cid root, Map<Cid, Bytes> blocks) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            CarWriter car = new CarWriter(out, root);
            for (var block : blocks.entrySet()) car.block(block.getKey(), block.getValue());
            byte[] bytes = out.toByteArray();
            return new Content(root, Commitment.of(bytes), new TreeMap<>(blocks), Bytes.owning(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Link put(Map<Cid, Bytes> blocks, long codec, Bytes block, long below) {
        Cid cid = Cid.of(codec, block);
        blocks.put(cid, block);
        return new Link(cid, "", block.length() + below);
    }

    List<LeafProof> prove(List<Long> leaves) {
        byte[] bytes = car.toArray();
        Payload payload = new Payload() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public void read(long position, byte[] target, int offset, int length) {
                System.arraycopy(bytes, (int) position, target, offset, length);
            }
        };
        try {
            return new Prover(piece, payload, Prover.inMemory(List.of())).prove(leaves);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
