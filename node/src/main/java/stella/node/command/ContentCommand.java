package stella.node.command;

import java.io.IOException;
import picocli.CommandLine.Mixin;
import stella.node.api.client.ApiClient;
import stella.node.api.client.ApiFailure;
import stella.node.api.client.NodeAddress;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;
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
        ContentReader reader = content.reader(client, interruption);
        return read(reader, content.resolve(reader), interruption);
    }
}
