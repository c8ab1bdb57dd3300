package stella.protocol.piece;

import java.io.IOException;

/** The bytes of a piece before padding, readable at any place. */
public interface Payload {
    long length();

    /** Fills {@code target} from {@code offset} with {@code length} bytes from {@code position}; all of them or an exception. */
    void read(long position, byte[] target, int offset, int length) throws IOException;
}
