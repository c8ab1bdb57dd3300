package stella.node.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.unixfs.ContentReader;
import stella.protocol.unixfs.DagPb;
import stella.protocol.unixfs.Link;
import stella.protocol.unixfs.UnixFs;

/** Content made to harm whoever extracts it. */
class HostileContentTest {
    @TempDir
    Path folder;

    private final Map<Cid, Bytes> blocks = new HashMap<>();
    private final ContentReader reader = new ContentReader(cid -> Optional.ofNullable(blocks.get(cid)));
    private final Cid file = raw(Bytes.utf8("x"));

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "", "a/b", "/etc/passwd", "../../x", "a\u0000b"})
    void writesNoFileWhoseNameIsAPath(String name) throws IOException {
        Cid directory = directory(List.of(new Link(file, name, 1)));

        assertThatThrownBy(() -> extract(directory)).isInstanceOf(IOException.class);
        assertNothingWritten();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "..", "../x", "a/../../x", "../../../../etc"})
    void writesNoSymlinkThatLeadsOut(String target) throws IOException {
        Cid link = node(new DagPb(List.of(), UnixFs.symlink(target).encode()));
        Cid directory = directory(List.of(new Link(link, "link", 1)));

        assertThatThrownBy(() -> extract(directory)).isInstanceOf(IOException.class);
        assertNothingWritten();
    }

    @Test
    void doesNotWriteThroughASymlinkOfTheSameContent() throws IOException {
        Cid link = node(new DagPb(List.of(), UnixFs.symlink("b").encode()));
        Cid inner = directory(List.of(new Link(file, "f", 1)));
        Cid directory = directory(List.of(new Link(link, "a", 1), new Link(inner, "a", 1)));

        assertThatThrownBy(() -> extract(directory)).isInstanceOf(IOException.class);
        assertNothingWritten();
    }

    private void extract(Cid cid) throws IOException {
        Extraction.write(reader, cid, folder.resolve("out"), Progress.NONE);
    }

    private void assertNothingWritten() throws IOException {
        try (var all = Files.list(folder)) {
            assertThat(all).isEmpty();
        }
    }

    private Cid directory(List<Link> links) {
        return node(new DagPb(links, UnixFs.directory().encode()));
    }

    private Cid node(DagPb node) {
        Bytes block = node.encode();
        Cid cid = Cid.of(Codec.DAG_PB, block);
        blocks.put(cid, block);
        return cid;
    }

    private Cid raw(Bytes block) {
        Cid cid = Cid.of(Codec.RAW, block);
        blocks.put(cid, block);
        return cid;
    }
}
