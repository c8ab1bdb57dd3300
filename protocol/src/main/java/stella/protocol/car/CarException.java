package stella.protocol.car;

import java.io.IOException;

/** A stream is not a CAR as expected. The message says where it stops being one. */
public final class CarException extends IOException {
    public CarException(String message) {
        super(message);
    }
}
