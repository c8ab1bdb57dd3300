package stella.node.api.client;

import java.io.IOException;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import stella.protocol.Bytes;
import stella.protocol.cid.BlockSource;
import stella.protocol.cid.Cid;

/**
 * Single blocks from a trustless gateway ({@code GET /ipfs/{cid}?format=raw}). As with any source, whoever reads checks the bytes
 * against the CID.
 */
public final class GatewayBlocks implements BlockSource {
    private static final int TRIES = 3;

    private final OkHttpClient http;
    private final HttpUrl gateway;

    GatewayBlocks(OkHttpClient http, String gateway) {
        this.http = http;
        this.gateway = HttpUrl.get(gateway);
    }

    @Override
    public Optional<Bytes> block(Cid cid) throws IOException {
        Request request = new Request.Builder()
                .url(gateway.newBuilder()
                        .addPathSegment("ipfs")
                        .addPathSegment(cid.toString())
                        .addQueryParameter("format", "raw")
                        .build())
                .header("Accept", "application/vnd.ipld.raw")
                // As every node asks, Inspectors too: a gateway must not tell readers from Inspectors by their headers
                // (IN-4).
                .header("Accept-Encoding", "identity")
                .build();
        for (int attempt = 1; ; attempt++) {
            try (Response response = http.newCall(request).execute()) {
                if (response.code() == 404) return Optional.empty();
                if (response.isSuccessful()) return Optional.of(bytes(response, cid));
                if (attempt == TRIES || response.code() < 500)
                    throw new IOException("the gateway answered " + response.code() + " for block " + cid + ": "
                            + response.peekBody(300).string().strip());
            }
        }
    }

    private static Bytes bytes(Response response, Cid cid) throws IOException {
        BufferedSource source = response.body().source();
        if (source.request(BLOCK_BYTES_MAX + 1L))
            throw new IOException("the gateway sent more than " + BLOCK_BYTES_MAX + " bytes for block " + cid);
        return Bytes.owning(source.readByteArray());
    }
}
