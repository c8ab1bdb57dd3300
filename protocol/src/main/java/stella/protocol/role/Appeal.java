package stella.protocol.role;

import java.math.BigInteger;

/**
 * A suspended account's wish to be looked at again (clause RE-5).
 *
 * @param epoch of the appeal; the extra items belong to the next one
 * @param fee planck on hold
 * @param deadline block at which the appeal is lost
 */
public record Appeal(long epoch, BigInteger fee, long deadline) {}
