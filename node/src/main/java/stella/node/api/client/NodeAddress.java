package stella.node.api.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import stella.node.api.document.Json;

/**
 * Where the node is that a command speaks to: the one named, else what a running {@code stella dev} wrote into its data directory.
 *
 * @param url of the API's server, without a path
 * @param origin where the address came from, for error messages
 */
public record NodeAddress(String url, String origin) {
    /** Written by {@code stella dev} into its data directory while it runs. */
    public static final String FILE_NAME = "node.json";

    private static final long FILE_BYTES_MAX = 64 << 10;

    /** @param pid process that serves it */
    private record NodeFile(String api, @Nullable Long pid) {}

    /**
     * Finds the address; whether a node answers there is not known yet.
     *
     * @param named the option {@code --node} or its twin in the environment
     * @throws ApiFailure when no address is given and no {@code dev} runs, or an address is malformed
     */
    public static NodeAddress find(Optional<String> named, Path dataDir) throws ApiFailure {
        if (named.isPresent()) return checked(named.get(), "--node or STELLA_NODE");
        Path file = dataDir.resolve(FILE_NAME);
        try {
            if (!Files.isRegularFile(file))
                throw ApiFailure.unreachable("no node is running (" + file + " is not there)", null);
            if (Files.size(file) > FILE_BYTES_MAX)
                throw ApiFailure.unreachable(file + " is too large to be written by a node", null);
            return checked(
                    Json.readTolerant(Files.readString(file), NodeFile.class).api(), file.toString());
        } catch (ApiFailure e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw ApiFailure.unreachable(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static NodeAddress checked(@Nullable String text, String origin) throws ApiFailure {
        HttpUrl url = text == null ? null : HttpUrl.parse(text);
        if (url == null || !url.encodedPath().equals("/") || url.query() != null)
            throw ApiFailure.unreachable(
                    origin + " has '" + text + "', which is no address like http://127.0.0.1:8080", null);
        String whole = url.toString();
        return new NodeAddress(whole.substring(0, whole.length() - 1), origin);
    }
}
