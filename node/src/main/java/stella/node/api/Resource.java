package stella.node.api;

import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import stella.node.api.document.ErrorCode;

/** One kind of thing under {@code /api/v1/…}. Called on a virtual thread: it may block. */
@FunctionalInterface
interface Resource {
    /**
     * Answers a request.
     *
     * @param rest decoded parts of the path after the resource's name
     * @throws ApiException for whatever the caller did wrong or cannot have now
     */
    HttpResponse answer(Exchange exchange, List<String> rest);

    static ApiException noSuchPath(String there) {
        return new ApiException(ErrorCode.NO_SUCH_PATH, "nothing is at this path; there are " + there);
    }

    static ApiException notAllowed(Exchange exchange, String allowed) {
        return new ApiException(
                ErrorCode.METHOD_NOT_ALLOWED, exchange.method() + " is not possible here; possible are " + allowed);
    }
}
