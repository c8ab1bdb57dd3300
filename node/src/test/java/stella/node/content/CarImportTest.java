package stella.node.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stella.protocol.Digests;
import stella.protocol.cid.Cid;
import stella.protocol.unixfs.ContentReader;
import stella.protocol.unixfs.Profile;

/** CT-1 to CT-3: content becomes a piece and comes back. */
class CarImportTest {
    @TempDir
    Path folder;

    @Test
    void makesTheCarThatOtherToolsMake() throws IOException {
        // vectors/content.json, "car": @ipld/car and data-segment
        Path source = Files.write(folder.resolve("source"), SeededBytes.of("stella-car", 3145733));
        Path car = folder.resolve("out.car");

        Imported imported = CarImport.pack(source, car, Profile.UNIXFS_V1_2025, Progress.NONE);

        assertThat(imported.root()).hasToString("bafybeiagn2xmoak3pced2qgc47cikytdvwxjllmh5dlabkimlc7iszawvi");
        assertThat(imported.piece().cid())
                .hasToString("bafkzcibewp6d2el7eyziccgbijmiw3xosjju56n5leexkalueibolfxwjuidi7gkgy");
        assertThat(Digests.sha256(Files.readAllBytes(car)).bytes().toHex())
                .isEqualTo("ae29f87ea1934c2d9f230c7f196c568d09e49e58f42844172b866291a4376119");
        assertThat(imported.carBytes()).isEqualTo(Files.size(car)).isEqualTo(3146189);
        assertThat(imported.contentBytes()).isEqualTo(3145733);
        assertThat(imported.blocks()).isEqualTo(5);
    }

    @Test
    void leavesTheCarAndItsCompanionsAndNothingElse() throws IOException {
        CarImport.pack(source(200_000), folder.resolve("out.car"), Profile.UNIXFS_V1_2025, Progress.NONE);

        assertThat(names()).containsExactlyInAnyOrder("source", "out.car", "out.car.index", "out.car.tree");
    }

    @Test
    void leavesNothingWhenTheSourceFails() throws IOException {
        assertThatThrownBy(() -> CarImport.pack(
                        folder.resolve("missing"), folder.resolve("out.car"), Profile.UNIXFS_V1_2025, Progress.NONE))
                .isInstanceOfAny(IOException.class, UncheckedIOException.class);

        assertThat(names()).isEmpty();
    }

    @Test
    void bringsADirectoryBackAsItWas() throws IOException {
        Path source = Files.createDirectories(folder.resolve("planets"));
        Files.writeString(source.resolve("mars.txt"), "Hello Mars!\n");
        Files.writeString(source.resolve(".hidden"), "Hello Mars!\n");
        Files.createDirectories(source.resolve("outer/inner/empty"));
        Files.write(source.resolve("outer/inner/größe"), SeededBytes.of("a", 2_500_000));
        Files.createSymbolicLink(source.resolve("outer/link"), Path.of("../mars.txt"));
        Path car = folder.resolve("out.car");
        Imported imported = CarImport.pack(source, car, Profile.KUBO_CIDV1, Progress.NONE);

        try (CarFile file = CarFile.open(car)) {
            assertThat(file.root()).isEqualTo(imported.root());
            Extraction.write(new ContentReader(file), file.root(), folder.resolve("back"), Progress.NONE);
        }

        assertThat(describe(folder.resolve("back"))).isEqualTo(describe(source)).hasSize(8);
        assertThat(imported.contentBytes()).isEqualTo(2_500_024);
    }

    @Test
    void namesADirectoryAsKuboDoes() throws IOException {
        Path source = Files.createDirectories(folder.resolve("planets"));
        Files.writeString(source.resolve("mars.txt"), "Hello Mars!\n");
        Files.writeString(source.resolve("venus.txt"), "Hello Venus!\n");

        assertThat(CarImport.pack(source, folder.resolve("x.car"), Profile.KUBO_CIDV1, Progress.NONE)
                        .root())
                .hasToString("bafybeih7e5dmkyk25up5vxug4q3hrg2fxbzf23dfrac2fns5h7z4aa7ioi");
    }

    @Test
    void storesEqualBlocksOnce() throws IOException {
        Path source = Files.createDirectories(folder.resolve("twice"));
        Files.write(source.resolve("a"), SeededBytes.of("same", 1_000_000));
        Files.write(source.resolve("b"), SeededBytes.of("same", 1_000_000));
        Path car = folder.resolve("out.car");

        Imported imported = CarImport.pack(source, car, Profile.UNIXFS_V1_2025, Progress.NONE);

        assertThat(imported.blocks()).isEqualTo(2);
        assertThat(imported.contentBytes()).isEqualTo(2_000_000);
        assertThat(Files.size(car)).isLessThan(1_001_000);
        assertThat(CarCheck.check(car, Progress.NONE).isSound()).isTrue();
    }

    @Test
    void packsAStreamAsTheFileItIs() throws IOException {
        byte[] data = SeededBytes.of("stream", 1_500_000);
        Imported fromFile = CarImport.pack(
                Files.write(folder.resolve("f"), data), folder.resolve("a.car"), Profile.UNIXFS_V1_2025, Progress.NONE);
        Imported fromStream = CarImport.pack(
                new ByteArrayInputStream(data), folder.resolve("b.car"), Profile.UNIXFS_V1_2025, Progress.NONE);

        assertThat(fromStream).isEqualTo(fromFile);
    }

    @Test
    void packsAThousandSmallFilesAndFindsEachBlock() throws IOException {
        Path source = Files.createDirectories(folder.resolve("many"));
        for (int i = 0; i < 3000; i++) Files.writeString(source.resolve("file-" + i), "content " + i);
        Path car = folder.resolve("out.car");
        Imported imported = CarImport.pack(source, car, Profile.UNIXFS_V1_2025, Progress.NONE);

        assertThat(imported.blocks()).isEqualTo(3001);
        try (CarFile file = CarFile.open(car)) {
            ContentReader reader = new ContentReader(file);
            for (int i = 0; i < 3000; i += 17) {
                Cid cid = reader.resolve(file.root(), "file-" + i);
                assertThat(reader.block(cid).toUtf8()).isEqualTo("content " + i);
            }
        }
    }

    @Test
    void reportsEveryByteOfEachPhase() throws IOException {
        List<String> phases = new ArrayList<>();
        long[] counts = new long[3];
        CarImport.pack(source(2_000_000), folder.resolve("out.car"), Profile.UNIXFS_V1_2025, new Progress() {
            @Override
            public void phase(String what, long total) {
                phases.add(what);
                counts[2] = total;
            }

            @Override
            public void advance(long bytes) {
                counts[phases.size() - 1] += bytes;
            }
        });

        assertThat(phases).containsExactly("reading", "packing");
        assertThat(counts[0]).isEqualTo(2_000_000);
        assertThat(counts[1]).isEqualTo(Files.size(folder.resolve("out.car")));
        assertThat(counts[2]).isLessThan(counts[1]);
    }

    @Test
    void extractsNothingOverWhatIsThere() throws IOException {
        Path car = folder.resolve("out.car");
        CarImport.pack(source(1000), car, Profile.UNIXFS_V1_2025, Progress.NONE);
        Path target = Files.writeString(folder.resolve("mine"), "precious");

        try (CarFile file = CarFile.open(car)) {
            assertThatThrownBy(() -> Extraction.write(new ContentReader(file), file.root(), target, Progress.NONE))
                    .isInstanceOf(FileAlreadyExistsException.class);
        }
        assertThat(target).hasContent("precious");
    }

    private Path source(int size) throws IOException {
        return Files.write(folder.resolve("source"), SeededBytes.of("source", size));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> String.valueOf(path.getFileName())).toList();
        }
    }

    private static SortedMap<String, String> describe(Path root) throws IOException {
        SortedMap<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path path : (Iterable<Path>) files::iterator) {
                String what = Files.isSymbolicLink(path)
                        ? "-> " + Files.readSymbolicLink(path)
                        : Files.isDirectory(path)
                                ? "directory"
                                : Digests.sha256(Files.readAllBytes(path)).toString();
                all.put(root.relativize(path).toString(), what);
            }
        }
        return all;
    }
}
