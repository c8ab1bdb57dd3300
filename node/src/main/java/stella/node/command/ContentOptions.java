package stella.node.command;

import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import stella.node.api.client.ApiClient;
import stella.node.cli.CommandException;
import stella.node.cli.ExitCode;
import stella.protocol.Bytes;
import stella.protocol.cid.BlockSource;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.unixfs.ContentException;
import stella.protocol.unixfs.ContentReader;

/** Which content a command reads, and through which gateway. */
final class ContentOptions {
    @Parameters(index = "0", paramLabel = "CID", description = "Names the content.")
    private Cid cid = Cid.of(Codec.RAW, Bytes.EMPTY);

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PATH",
            description = "A path inside it (default: all of it).")
    private Optional<String> path = Optional.empty();

    @Option(
            names = "--gateway",
            paramLabel = "URL",
            description = "A trustless gateway to read from (default: that of the node).")
    private Optional<String> gateway = Optional.empty();

    Optional<String> gateway() {
        return gateway.map(ContentOptions::checked);
    }

    Cid root() {
        return cid;
    }

    /** The last part of the path, else the CID: how the content would be called on a disk. */
    String name() {
        String inside = path.orElse("").replaceAll("/+$", "");
        return inside.isEmpty() ? cid.toString() : inside.substring(inside.lastIndexOf('/') + 1);
    }

    /** As typed: the CID, and the path when there is one. */
    String words() {
        return cid + path.map(inside -> " '" + inside + "'").orElse("");
    }

    /** Blocks of the gateway, of which nothing is believed: who reads them verifies them. */
    BlockSource blocks(ApiClient client, Interruption interruption) throws IOException {
        BlockSource blocks = client.blocks(
                gateway().isPresent()
                        ? gateway().get()
                        : client.status().network().gateway());
        return cid -> {
            interruption.check();
            return blocks.block(cid);
        };
    }

    /** Follows the path, and tells unknown content from a block that got lost on the way. */
    Cid resolve(ContentReader reader) throws IOException {
        try {
            reader.block(cid);
        } catch (ContentException.MissingBlock e) {
            throw CommandException.of(ExitCode.NOT_FOUND, "content-unknown", "no Store of this network serves " + cid)
                    .hint("`./stella deal ls` shows what is stored");
        }
        return reader.resolve(cid, path.orElse(""));
    }

    private static String checked(String url) {
        if (url.matches("https?://[^/?#]+/?")) return url;
        throw CommandException.of(ExitCode.USAGE, "usage", "'" + url + "' is no address of a gateway")
                .hint("write one like https://gateway.example");
    }
}
