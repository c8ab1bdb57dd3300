package stella.node.trace;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;

/** Refuses to go on once a part of a document is longer than allowed, so that no file fills the memory. */
final class BoundedParser extends JsonParserDelegate {
    private final long tokensMax;
    private long tokens;

    BoundedParser(JsonParser parser, long tokensMax) {
        super(parser);
        this.tokensMax = tokensMax;
    }

    /** A new part begins. */
    void begin() {
        tokens = 0;
    }

    @Override
    public JsonToken nextToken() throws IOException {
        if (++tokens > tokensMax)
            throw new BadTraceException("one epoch has more than " + tokensMax + " values; no network is that large");
        return super.nextToken();
    }
}
