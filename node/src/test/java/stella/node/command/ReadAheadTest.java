package stella.node.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.unixfs.ContentReader;
import stella.protocol.unixfs.DagPb;
import stella.protocol.unixfs.FileStream;
import stella.protocol.unixfs.Link;

class ReadAheadTest {
    private static final int MIB = 1 << 20;

    private final TestContent content = new TestContent();
    private final ConcurrentLinkedQueue<Cid> asked = new ConcurrentLinkedQueue<>();

    @Test
    void asksForTheNextBlocksBeforeTheReaderDoes() throws Exception {
        Cid file = content.file(random(10 * MIB)).cid();
        List<Cid> leaves = leaves(file);
        CountDownLatch ahead = new CountDownLatch(8);
        try (ReadAhead blocks = new ReadAhead(cid -> {
            // The reader's own block comes only when eight others were asked for.
            if (cid.equals(leaves.getFirst())) await(ahead);
            else if (!cid.equals(file)) ahead.countDown();
            return Optional.ofNullable(content.blocks.get(cid.toString()));
        })) {
            blocks.block(file);

            Optional<Bytes> first = blocks.block(leaves.getFirst());

            assertThat(first).isPresent();
        }
    }

    @Test
    void deliversAFileUnaltered() throws IOException {
        byte[] bytes = random(11 * MIB + 5);
        Cid file = content.file(bytes).cid();
        try (ReadAhead blocks = new ReadAhead(this::fetch);
                FileStream in = new ContentReader(blocks).open(file)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
        assertThat(asked).doesNotHaveDuplicates();
    }

    @Test
    void leavesTheStartOfAFileAloneWhenItsEndIsRead() throws IOException {
        byte[] bytes = random(20 * MIB);
        Cid file = content.file(bytes).cid();
        try (ReadAhead blocks = new ReadAhead(this::fetch);
                FileStream in = new ContentReader(blocks).open(file, 18L * MIB, 20L * MIB)) {
            in.readAllBytes();
        }

        assertThat(asked).hasSize(3);
    }

    @Test
    void readsADirectoryOfFilesOfSeveralBlocks() throws IOException {
        byte[] bytes = random(3 * MIB);
        Cid directory = content.directory(Map.of("a", content.file(bytes), "b", content.file(random(MIB * 2))))
                .cid();
        try (ReadAhead blocks = new ReadAhead(this::fetch)) {
            ContentReader reader = new ContentReader(blocks);
            reader.list(directory, entry -> {
                try (FileStream in = reader.open(entry.cid())) {
                    assertThat(in.readAllBytes()).hasSizeGreaterThan(MIB);
                }
            });
        }
        assertThat(asked).doesNotHaveDuplicates();
    }

    @Test
    void handsOnTheFailureOfTheBlockItIsAbout() throws IOException {
        Cid file = content.file(random(4 * MIB)).cid();
        Cid last = leaves(file).getLast();
        try (ReadAhead blocks = new ReadAhead(cid -> {
                    if (cid.equals(last)) throw new IOException("the gateway answered 504");
                    return fetch(cid);
                });
                FileStream in = new ContentReader(blocks).open(file)) {
            assertThat(in.readNBytes(3 * MIB)).hasSize(3 * MIB);
            assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessageContaining("504");
        }
    }

    @Test
    void followsNoLinksOfABlockThatIsNotWhatItsCidSays() throws IOException {
        Cid file = content.file(random(4 * MIB)).cid();
        Cid wanted = Cid.of(Codec.DAG_PB, Bytes.utf8("another block"));
        content.blocks.put(wanted.toString(), content.block(file));
        try (ReadAhead blocks = new ReadAhead(this::fetch)) {
            blocks.block(wanted);
            blocks.block(leaves(file).getFirst());
        }

        assertThat(asked).hasSize(2);
    }

    private Optional<Bytes> fetch(Cid cid) {
        asked.add(cid);
        return Optional.ofNullable(content.blocks.get(cid.toString()));
    }

    private List<Cid> leaves(Cid file) {
        return DagPb.decode(content.block(file)).links().stream().map(Link::cid).toList();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) throw new IOException("nobody asked ahead");
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
