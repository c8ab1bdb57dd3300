package stella.protocol.inspection;

import java.math.BigInteger;
import stella.protocol.AccountId;
import stella.protocol.Hash;

/**
 * An open question about a revealed verdict (clause IN-8).
 *
 * @param receipt digest that the verdict claims, see {@link Receipt#digest}
 * @param bond planck that the questioner put up
 * @param deadline block before which the Inspector must answer
 */
public record Question(
        long id, long epoch, VerdictId verdict, Hash receipt, AccountId questioner, BigInteger bond, long deadline) {}
