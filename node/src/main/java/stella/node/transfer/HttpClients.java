package stella.node.transfer;

import java.io.IOException;
import java.net.Proxy;
import java.util.concurrent.TimeUnit;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** Makes the one HTTP client of a transfer: no redirects, no cookies, no proxy, no cache. */
final class HttpClients {
    private HttpClients() {}

    static OkHttpClient create(TransferSettings settings) {
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .followRedirects(false)
                .followSslRedirects(false)
                .proxy(Proxy.NO_PROXY)
                .connectionPool(new ConnectionPool(16, 30, TimeUnit.SECONDS))
                .connectTimeout(settings.connect());
        if (settings.reach() == TransferSettings.Reach.PUBLIC_ONLY)
            builder.addNetworkInterceptor(HttpClients::refusePrivate);
        return builder.build();
    }

    /** Looks at the address that was really connected to, so that no spelling of a name and no change of DNS gets around it. */
    private static Response refusePrivate(Interceptor.Chain chain) throws IOException {
        Connection connection = chain.connection();
        if (connection == null || !Addresses.isPublic(connection.socket().getInetAddress()))
            throw new IOException(chain.request().url().host() + " is not a public address");
        return chain.proceed(chain.request());
    }
}
