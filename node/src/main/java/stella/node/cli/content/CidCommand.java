package stella.node.cli.content;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;
import stella.node.cli.Facts;
import stella.node.cli.ProgressLine;
import stella.node.content.SourceTree;
import stella.protocol.unixfs.Profile;
import stella.protocol.unixfs.Subtree;

/** {@code stella cid}: the name of content, without storing anything. */
@Command(
        name = "cid",
        header = "Print the CID of a file or directory.",
        description = {
            "The CID is what any IPFS tool computes under the same profile. Nothing is stored.",
            "JSON keys: cid, profile, size (bytes of content), blocks (made, equal ones counted each time)."
        },
        footer = {
            "  stella cid model.tflite",
            "  stella cid --profile kubo-cidv1 photos/   as `ipfs add -r --cid-version=1`",
            "  curl -s URL | stella cid -"
        })
public final class CidCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "FILE|DIR|-", description = "What to name; - is standard input.")
    private String source = "";

    @Option(names = "--profile", paramLabel = "P", defaultValue = "unixfs-v1-2025", description = SourceOptions.PROFILE)
    private Profile profile = Profile.UNIXFS_V1_2025;

    public CidCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        AtomicLong blocks = new AtomicLong();
        Subtree content;
        try (ProgressLine progress = console.progress()) {
            content = source.equals(SourceOptions.STDIN)
                    ? SourceTree.read(console.in(), profile, (_, _) -> blocks.incrementAndGet(), progress)
                    : SourceTree.read(
                            SourceOptions.existing(source), profile, (_, _) -> blocks.incrementAndGet(), progress);
        }
        console.value(
                content.cid(),
                Facts.of("cid", content.cid())
                        .and("profile", profile)
                        .and("size", content.payload())
                        .and("blocks", blocks.get()));
        return ExitCode.OK.number();
    }
}
