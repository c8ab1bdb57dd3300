package stella.protocol.unixfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import stella.protocol.Bytes;
import stella.protocol.ContentVectors;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.cid.Multihash;

/** FE-2: content is read block by block, each verified before a byte of it leaves. */
class ContentReaderTest {
    private static final byte[] DATA = ContentVectors.seededBytes("reader", 3_000_000);

    private final MemoryBlocks blocks = new MemoryBlocks();
    private final ContentReader reader = new ContentReader(blocks);

    @ParameterizedTest
    @EnumSource(Profile.class)
    void readsBackWhatEachProfileWrote(Profile profile) throws IOException {
        Cid file = file(profile, DATA);

        assertThat(reader.content(file)).isEqualTo(new Content.File(file, DATA.length));
        assertThat(reader.open(file).readAllBytes()).isEqualTo(DATA);
    }

    @Property(seed = "41", tries = 150)
    void readsAnyRangeOfAFile(
            @ForAll @IntRange(min = 0, max = 3_000_000) int a,
            @ForAll @IntRange(min = 0, max = 3_100_000) int b,
            @ForAll Profile profile)
            throws IOException {
        Cid file = file(profile, DATA);
        int from = Math.min(a, b);
        int to = Math.max(a, b);

        FileStream stream = reader.open(file, from, to);

        assertThat(stream.size()).isEqualTo(DATA.length);
        byte[] expected = Arrays.copyOfRange(DATA, from, Math.min(to, DATA.length));
        assertThat(stream.length()).isEqualTo(expected.length);
        assertThat(stream.readAllBytes()).isEqualTo(expected);
    }

    @Test
    void readsOnlyTheBlocksThatARangeNeeds() throws IOException {
        Cid file = file(Profile.KUBO_CIDV1, DATA);
        List<Cid> asked = new ArrayList<>();
        ContentReader counting = new ContentReader(cid -> {
            asked.add(cid);
            return blocks.block(cid);
        });

        counting.open(file, 300_000, 300_001).readAllBytes();

        assertThat(asked).hasSize(2);
    }

    @Test
    void saysWhichBlockIsMissingAndReadsOnWhenItIsBack() throws IOException {
        Cid file = file(Profile.KUBO_CIDV1, DATA);
        Cid second = Cid.of(Codec.RAW, Bytes.slice(DATA, 262144, 524288));
        blocks.remove(second);
        FileStream stream = reader.open(file);
        byte[] first = stream.readNBytes(262144);

        assertThatThrownBy(stream::read)
                .isInstanceOf(ContentException.MissingBlock.class)
                .hasMessageContaining(second.toString());

        blocks.addRaw(Bytes.slice(DATA, 262144, 524288));
        assertThat(stream.readAllBytes()).isEqualTo(Arrays.copyOfRange(DATA, 262144, DATA.length));
        assertThat(first).isEqualTo(Arrays.copyOf(DATA, 262144));
    }

    @Test
    void givesOutNoByteOfAChangedBlock() throws IOException {
        Cid file = file(Profile.KUBO_CIDV1, DATA);
        byte[] changed = Arrays.copyOfRange(DATA, 262144, 524288);
        changed[100_000] ^= 1;
        blocks.put(Cid.of(Codec.RAW, Bytes.slice(DATA, 262144, 524288)), Bytes.of(changed));
        FileStream stream = reader.open(file);

        assertThat(stream.readNBytes(262144)).hasSize(262144);
        assertThatThrownBy(stream::read).isInstanceOf(ContentException.WrongBlock.class);
    }

    @Test
    void refusesBlocksWhoseHashItCannotCheck() {
        Cid cid = Cid.v1(Codec.RAW, new Multihash(0x16, Bytes.hex("00".repeat(32))));
        blocks.put(cid, Bytes.utf8("anything"));

        assertThatThrownBy(() -> reader.block(cid))
                .isInstanceOf(ContentException.WrongBlock.class)
                .hasMessageContaining("0x16");
    }

    @Test
    void refusesBlocksAboveTheLimit() {
        Cid cid = blocks.addRaw(Bytes.of(new byte[(2 << 20) + 1]));

        assertThatThrownBy(() -> reader.block(cid)).isInstanceOf(ContentException.WrongBlock.class);
    }

    @Test
    void readsFilesInlinedInTheirCid() throws IOException {
        Cid inlined = Cid.v1(Codec.RAW, new Multihash(Multihash.IDENTITY, Bytes.utf8("tiny")));

        assertThat(reader.open(inlined).readAllBytes())
                .isEqualTo(Bytes.utf8("tiny").toArray());
    }

    @Test
    void readsBytesThatAnInnerNodeItselfHolds() throws IOException {
        Cid leaf = blocks.addRaw(Bytes.utf8("world"));
        Cid file = blocks.add(new DagPb(
                List.of(new Link(leaf, "", 5)),
                new UnixFs(UnixFs.Type.FILE, Bytes.utf8("hello "), 11, List.of(5L), 0, 0).encode()));

        assertThat(Bytes.of(reader.open(file).readAllBytes()).toUtf8()).isEqualTo("hello world");
        assertThat(reader.open(file, 4, 8).readRange().toUtf8()).isEqualTo("o wo");
    }

    @Test
    void refusesAChildThatIsLargerThanItsParentStates() throws IOException {
        Cid leaf = blocks.addRaw(Bytes.utf8("12345"));
        Cid file = inner(List.of(leaf), List.of(4L), 4);

        assertThatThrownBy(() -> reader.open(file).readAllBytes())
                .isInstanceOf(ContentException.MalformedDag.class)
                .hasMessageContaining("states 4 bytes, it has 5");
    }

    @Test
    void refusesAFileWhosePartsDoNotAddUp() {
        Cid leaf = blocks.addRaw(Bytes.utf8("12345"));

        assertThatThrownBy(() -> reader.open(inner(List.of(leaf), List.of(5L), 6)))
                .isInstanceOf(ContentException.MalformedDag.class);
        assertThatThrownBy(() -> reader.open(inner(List.of(leaf, leaf), List.of(5L), 5)))
                .isInstanceOf(ContentException.MalformedDag.class);
        assertThatThrownBy(() -> reader.content(
                        inner(List.of(leaf, leaf), List.of(Long.MAX_VALUE, Long.MAX_VALUE), Long.MAX_VALUE)))
                .isInstanceOf(ContentException.MalformedDag.class);
    }

    @Test
    void doesNotWalkADagThatDeliversNothing() throws IOException {
        // 2^60 ways lead down this ladder, but no part of it has a byte
        Cid at = blocks.addRaw(Bytes.EMPTY);
        for (int i = 0; i < 60; i++) at = inner(List.of(at, at), List.of(0L, 0L), 0);

        assertThat(reader.open(at).readAllBytes()).isEmpty();
    }

    @Test
    void refusesAFileDeeperThanItsBound() {
        Cid leaf = blocks.addRaw(Bytes.utf8("x"));
        Cid at = leaf;
        for (int i = 0; i < 100; i++) at = inner(List.of(at), List.of(1L), 1);
        Cid deep = at;

        assertThatThrownBy(() -> reader.open(deep).readAllBytes())
                .isInstanceOf(ContentException.MalformedDag.class)
                .hasMessageContaining("deeper");
    }

    @Test
    void seesADirectoryInTheMiddleOfAFileAsALie() throws IOException {
        Cid directory = directory(Map.of()).cid();
        Cid file = inner(List.of(directory), List.of(1L), 1);

        assertThatThrownBy(() -> reader.open(file).readAllBytes()).isInstanceOf(ContentException.MalformedDag.class);
    }

    @Test
    void followsPathsThroughPlainDirectories() throws IOException {
        Subtree leaf = builder().file(new ByteArrayInputStream(DATA, 0, 10));
        Cid root = directory(Map.of("a", directory(Map.of("b c.txt", leaf)), "z", leaf))
                .cid();

        assertThat(reader.resolve(root, "a/b c.txt")).isEqualTo(leaf.cid());
        assertThat(reader.resolve(root, "/a//b c.txt/")).isEqualTo(leaf.cid());
        assertThat(reader.resolve(root, "")).isEqualTo(root);
        assertThatThrownBy(() -> reader.resolve(root, "a/missing"))
                .isInstanceOf(ContentException.NoSuchPath.class)
                .hasMessage("there is no 'missing' in " + root + "/a");
        assertThatThrownBy(() -> reader.resolve(root, "z/deeper"))
                .isInstanceOf(ContentException.NoSuchPath.class)
                .hasMessageContaining("is no directory");
    }

    @Test
    void findsAndListsEveryEntryOfAShardedDirectory() throws IOException {
        Subtree leaf = builder().file(new ByteArrayInputStream(DATA, 0, 10));
        Map<String, Subtree> entries = new HashMap<>();
        for (int i = 0; i < 6000; i++) entries.put("entry number " + i, leaf);
        Cid root = directory(entries).cid();
        TreeSet<String> listed = new TreeSet<>();
        reader.list(root, entry -> listed.add(entry.name()));

        assertThat(reader.content(root)).isEqualTo(new Content.Directory(root));
        assertThat(listed).isEqualTo(new TreeSet<>(entries.keySet()));
        for (int i = 0; i < 6000; i += 7)
            assertThat(reader.resolve(root, "entry number " + i)).isEqualTo(leaf.cid());
        assertThatThrownBy(() -> reader.resolve(root, "entry number 6000"))
                .isInstanceOf(ContentException.NoSuchPath.class);
    }

    @Test
    void refusesAShardThatHoldsEntriesOfOtherSlots() {
        Cid leaf = blocks.addRaw(Bytes.utf8("x"));
        int slot = Hamt.slot(Hamt.hash("name"), 0, 8);
        Cid wrong = shard(List.of(new Link(leaf, Hamt.prefix((slot + 1) % 256, 8) + "name", 1)));

        assertThatThrownBy(() -> reader.list(wrong, _ -> {})).isInstanceOf(ContentException.MalformedDag.class);
    }

    @Test
    void doesNotWalkALadderOfShards() {
        Cid at = shard(List.of());
        for (int i = 0; i < 8; i++) {
            List<Link> links = new ArrayList<>();
            for (int slot = 0; slot < 256; slot++) links.add(new Link(at, Hamt.prefix(slot, 8), 1));
            at = shard(links);
        }
        Cid ladder = at;

        assertThatThrownBy(() -> reader.list(ladder, _ -> {})).isInstanceOf(ContentException.MalformedDag.class);
    }

    @Test
    void showsWhereASymlinkPointsAndDoesNotFollowIt() throws IOException {
        Cid link = builder().symlink("../elsewhere").cid();

        assertThat(reader.content(link)).isEqualTo(new Content.Symlink(link, "../elsewhere"));
        assertThatThrownBy(() -> reader.open(link)).isInstanceOf(ContentException.NoSuchPath.class);
    }

    private Cid shard(List<Link> links) {
        return blocks.add(new DagPb(links, UnixFs.shard(Bytes.of((byte) 1)).encode()));
    }

    private Cid inner(List<Cid> children, List<Long> sizes, long stated) {
        List<Link> links = children.stream().map(cid -> new Link(cid, "", 1)).toList();
        return blocks.add(new DagPb(links, new UnixFs(UnixFs.Type.FILE, Bytes.EMPTY, stated, sizes, 0, 0).encode()));
    }

    private Cid file(Profile profile, byte[] data) throws IOException {
        return new DagBuilder(profile, blocks)
                .file(new ByteArrayInputStream(data))
                .cid();
    }

    private Subtree directory(Map<String, Subtree> entries) throws IOException {
        return builder().directory(entries);
    }

    private DagBuilder builder() {
        return new DagBuilder(Profile.UNIXFS_V1_2025, blocks);
    }
}
