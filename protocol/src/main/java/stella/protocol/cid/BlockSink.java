package stella.protocol.cid;

import java.io.IOException;
import stella.protocol.Bytes;

/** Where made blocks go, children before their parents. The same block may come again. */
@FunctionalInterface
public interface BlockSink {
    void put(Cid cid, Bytes block) throws IOException;
}
