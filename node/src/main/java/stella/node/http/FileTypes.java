package stella.node.http;

import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.scaladsl.server.directives.ContentTypeResolver;

/** Content types by file name. The bytes are never looked at: what a stranger stored does not decide how a browser treats it. */
final class FileTypes {
    /** UTF-8 where a type has text. */
    private static final ContentTypeResolver BY_NAME = ContentTypeResolver.Default();

    private FileTypes() {}

    static ContentType of(String name) {
        return name.contains(".") ? BY_NAME.resolve(name) : ContentTypes.APPLICATION_OCTET_STREAM;
    }
}
