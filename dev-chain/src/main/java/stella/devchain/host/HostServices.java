package stella.devchain.host;

import java.util.Optional;
import stella.protocol.Bytes;

/** What host functions need besides storage. */
interface HostServices {
    Keystore keystore();

    ValidSignatures signatures();

    /** The SCALE-encoded {@code RuntimeVersion} of another blob; empty when it is no runtime. Asked before {@code set_code}. */
    Optional<Bytes> versionOf(Bytes code);
}
