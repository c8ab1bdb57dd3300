package stella.devchain.pool;

import stella.protocol.Bytes;

/** Asks the runtime, on the storage of the best block, whether an extrinsic may be included. */
public interface Validator {
    /** @throws stella.devchain.host.RuntimeFailure when the runtime traps over it */
    Validity validate(Bytes extrinsic);
}
