package stella.node.command;

import java.io.IOException;
import picocli.CommandLine.Mixin;
import stella.node.api.client.ApiClient;
import stella.node.api.client.ApiFailure;
import stella.node.api.client.NodeAddress;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;
import stella.protocol.cid.BlockSource;
import stella.protocol.cid.Cid;
import stella.protocol.unixfs.ContentReader;

/** A command that reads content by its CID. */
abstract class ContentCommand extends NodeCommand {
    @Mixin
    private ContentOptions content = new ContentOptions();

    ContentCommand(Console console) {
        super(console);
    }

    /** @param cid of what the path leads to */
    abstract ExitCode read(ContentReader reader, Cid cid, Interruption interruption) throws IOException;

    /** Whether it reads content from its start to its end, so that blocks can be fetched before they are wanted. */
    abstract boolean readsAhead();

    ContentOptions content() {
        return content;
    }

    /** With a gateway of its own the command needs no node. */
    @Override
    ApiClient connect() throws ApiFailure {
        return content.gateway().isPresent()
                ? new ApiClient(new NodeAddress(content.gateway().get(), "--gateway"))
                : super.connect();
    }

    @Override
    ExitCode run(ApiClient client, Interruption interruption) throws IOException {
        BlockSource blocks = content.blocks(client, interruption);
        if (!readsAhead()) return read(blocks, interruption);
        try (ReadAhead ahead = new ReadAhead(blocks)) {
            interruption.onInterrupt(ahead::close);
            return read(ahead, interruption);
        }
    }

    private ExitCode read(BlockSource blocks, Interruption interruption) throws IOException {
        ContentReader reader = new ContentReader(blocks);
        return read(reader, content.resolve(reader), interruption);
    }
}
