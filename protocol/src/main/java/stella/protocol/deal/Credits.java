package stella.protocol.deal;

import java.math.BigInteger;

/** Credits of an account, planck: free to spend or take out, and set aside for requests and deals. */
public record Credits(BigInteger free, BigInteger reserved) {
    public static final Credits NONE = new Credits(BigInteger.ZERO, BigInteger.ZERO);
}
