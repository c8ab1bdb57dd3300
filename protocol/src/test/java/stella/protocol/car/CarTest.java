package stella.protocol.car;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import stella.protocol.Bytes;
import stella.protocol.ContentVectors;
import stella.protocol.Digests;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.piece.Commitment;
import stella.protocol.unixfs.DagBuilder;
import stella.protocol.unixfs.DagPb;
import stella.protocol.unixfs.Link;
import stella.protocol.unixfs.MemoryBlocks;
import stella.protocol.unixfs.Profile;

/** CT-2: what a piece is made of. */
class CarTest {
    private static final Bytes HELLO = Bytes.utf8("hello world");

    @Test
    void writesTheSmallCarOfAnotherTool() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Cid cid = Cid.of(Codec.RAW, HELLO);

        new CarWriter(out, cid).block(cid, HELLO);

        assertThat(Bytes.of(out.toByteArray()).toHex())
                .isEqualTo(ContentVectors.at("car_small").get("car_hex").asText());
    }

    @Test
    void packsAFileIntoTheBytesAndThePieceOfOtherTools() throws IOException {
        JsonNode vector = ContentVectors.at("car");
        MemoryBlocks blocks = new MemoryBlocks();
        Cid root = new DagBuilder(Profile.UNIXFS_V1_2025, blocks)
                .file(ContentVectors.seeded("stella-car", vector.get("size").asLong()))
                .cid();

        byte[] car = pack(root, blocks);

        assertThat(root).hasToString(vector.get("root").asText());
        assertThat(car).hasSize(vector.get("car_length").asInt());
        assertThat(Digests.sha256(car).bytes().toHex())
                .isEqualTo(vector.get("car_sha256").asText());
        assertThat(Commitment.of(car).cid())
                .hasToString(vector.get("car_commp_v2").asText());
        assertThat(blocks.block(root))
                .contains(Bytes.hex(vector.get("root_block_hex").asText()));
    }

    @Test
    void readsBackEachBlockAndWhereItLies() throws IOException {
        byte[] car = packed(List.of("one", "two", "three"));
        CarReader reader = new CarReader(new ByteArrayInputStream(car));
        reader.root();

        int blocks = 0;
        for (Optional<CarReader.Section> next = reader.next(); next.isPresent(); next = reader.next()) {
            CarReader.Section section = next.get();
            int from = (int) section.blockStart();
            assertThat(section.sound()).isTrue();
            assertThat(Bytes.slice(car, from, from + section.block().length())).isEqualTo(section.block());
            blocks++;
        }
        assertThat(blocks).isEqualTo(4);
        assertThat(reader.position()).isEqualTo(car.length);
    }

    @Test
    void writesASharedBlockOnce() throws IOException {
        byte[] car = packed(List.of("same", "same", "other", "same"));
        CarReader reader = new CarReader(new ByteArrayInputStream(car));
        List<String> bodies = new ArrayList<>();
        reader.next();
        for (Optional<CarReader.Section> next = reader.next(); next.isPresent(); next = reader.next())
            bodies.add(next.get().block().toUtf8());

        assertThat(bodies).containsExactly("same", "other");
    }

    @Test
    void readsThePayloadOfVersion2AndIgnoresItsIndex() throws IOException {
        byte[] inner = packed(List.of("one", "two"));
        ByteBuffer outer = ByteBuffer.allocate(11 + 40 + 5 + inner.length + 100).order(ByteOrder.LITTLE_ENDIAN);
        outer.put(Bytes.hex("0aa16776657273696f6e02").toArray());
        outer.position(27);
        outer.putLong(56).putLong(inner.length).putLong(56L + inner.length);
        outer.position(56);
        outer.put(inner);

        CarReader reader = new CarReader(new ByteArrayInputStream(outer.array()));
        int blocks = 0;
        while (reader.next().isPresent()) blocks++;

        assertThat(blocks).isEqualTo(3);
        assertThat(reader.root()).isEqualTo(new CarReader(new ByteArrayInputStream(inner)).root());
    }

    @Test
    void refusesVersion2WhosePayloadLiesOutside() {
        ByteBuffer outer = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        outer.put(Bytes.hex("0aa16776657273696f6e02").toArray());
        outer.position(27);
        outer.putLong(Long.MAX_VALUE).putLong(Long.MAX_VALUE);

        assertThatThrownBy(() -> new CarReader(new ByteArrayInputStream(outer.array())))
                .isInstanceOf(CarException.class);
    }

    @Test
    void refusesAPieceWithTwoRootsOrNone() throws IOException {
        Cid cid = Cid.of(Codec.RAW, HELLO);
        for (List<Cid> roots : List.of(List.<Cid>of(), List.of(cid, cid))) {
            CarReader reader = new CarReader(
                    new ByteArrayInputStream(new CarHeader(roots).encode().toArray()));

            assertThat(reader.roots()).isEqualTo(roots);
            assertThatThrownBy(reader::root).isInstanceOf(CarException.class).hasMessageContaining("exactly one");
        }
    }

    @Test
    void noticesTheEndInTheMiddleOfAnySection() throws IOException {
        byte[] car = packed(List.of("one", "two"));
        Set<Long> sectionStarts = new HashSet<>();
        CarReader whole = new CarReader(new ByteArrayInputStream(car));
        sectionStarts.add(whole.position());
        while (whole.next().isPresent()) sectionStarts.add(whole.position());

        for (int cut = 0; cut < car.length; cut++) {
            byte[] beginning = Arrays.copyOf(car, cut);
            if (sectionStarts.contains((long) cut)) readAll(beginning);
            else
                assertThatThrownBy(() -> readAll(beginning))
                        .as("cut at %d", cut)
                        .isInstanceOf(CarException.class);
        }
    }

    @Test
    void refusesLengthsBeyondTheLargestBlockWithoutReadingThem() throws IOException {
        byte[] header =
                new CarHeader(List.of(Cid.of(Codec.RAW, HELLO))).encode().toArray();
        for (String length : List.of("ffffff7f", "ffffffffffffffff7f", "ffffffffffffffffffff01", "00", "8000"))
            assertThatThrownBy(() -> readAll(
                            Bytes.concat(Bytes.of(header), Bytes.hex(length)).toArray()))
                    .as(length)
                    .isInstanceOf(CarException.class);
    }

    @Test
    void doesNotCallABlockSoundThatWasChanged() throws IOException {
        byte[] car = packed(List.of("one", "two"));
        car[car.length - 1] ^= 1;
        CarReader reader = new CarReader(new ByteArrayInputStream(car));

        assertThat(reader.next().orElseThrow().sound()).isTrue();
        assertThat(reader.next().orElseThrow().sound()).isTrue();
        assertThat(reader.next().orElseThrow().sound()).isFalse();
    }

    @Test
    void doesNotWalkDeeperThanItsBound() {
        assertThatThrownBy(() -> {
                    MemoryBlocks blocks = new MemoryBlocks();
                    Cid at = blocks.addRaw(HELLO);
                    for (int i = 0; i < 1000; i++)
                        at = blocks.add(new DagPb(List.of(new Link(at, "", 0)), Bytes.EMPTY));
                    pack(at, blocks);
                })
                .isInstanceOf(CarException.class)
                .hasMessageContaining("512");
    }

    private static byte[] packed(List<String> leaves) throws IOException {
        MemoryBlocks blocks = new MemoryBlocks();
        List<Link> links = new ArrayList<>();
        for (String leaf : leaves) links.add(new Link(blocks.addRaw(Bytes.utf8(leaf)), leaf, leaf.length()));
        return pack(blocks.add(new DagPb(links, Bytes.EMPTY)), blocks);
    }

    static byte[] pack(Cid root, MemoryBlocks blocks) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CarWriter writer = new CarWriter(out, root);
        Set<Cid> written = new HashSet<>();
        DepthFirst walk = new DepthFirst(root, written::contains);
        for (Optional<Cid> next = walk.next(); next.isPresent(); next = walk.next()) {
            Bytes block = blocks.block(next.get()).orElseThrow();
            writer.block(next.get(), block);
            written.add(next.get());
            walk.enter(next.get(), block);
        }
        return out.toByteArray();
    }

    private static void readAll(byte[] car) throws IOException {
        CarReader reader = new CarReader(new ByteArrayInputStream(car));
        while (reader.next().isPresent()) {
            // only that it can be read
        }
    }
}
