package stella.protocol.deal;

import java.math.BigInteger;

/**
 * What a Store offers (clause AS-1).
 *
 * @param price planck per GiB of padded piece and proving period
 * @param pieceSizeMin smallest padded piece taken, bytes
 * @param pieceSizeMax largest padded piece taken, bytes
 * @param periodsMax longest deal, proving periods
 * @param capacity padded bytes still offered
 * @param expiresAt block from which the ask counts no more
 */
public record Ask(
        BigInteger price,
        long pieceSizeMin,
        long pieceSizeMax,
        long periodsMax,
        long capacity,
        Tier tier,
        long expiresAt) {}
