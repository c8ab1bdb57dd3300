package stella.node.command;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import stella.node.api.client.ApiClient;
import stella.node.api.client.ApiFailure;
import stella.node.api.client.NodeAddress;

/** How a command finds its node. */
public final class NodeOptions {
    @Option(
            names = "--node",
            paramLabel = "URL",
            description = "The node to speak to (default: the running ./stella dev).")
    private Optional<String> node = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data directory of ./stella dev (default: ~/.local/share/stella/dev).")
    private Optional<Path> data = Optional.empty();

    ApiClient connect() throws ApiFailure {
        return new ApiClient(NodeAddress.find(node, data()));
    }

    Path data() {
        return data.orElseGet(NodeOptions::defaultData);
    }

    /** Where {@code stella dev} keeps its data unless told otherwise. */
    public static Path defaultData() {
        return Path.of(System.getProperty("user.home", "."), ".local", "share", "stella", "dev");
    }
}
