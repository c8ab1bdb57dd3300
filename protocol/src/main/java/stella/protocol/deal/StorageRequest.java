package stella.protocol.deal;

import java.math.BigInteger;
import stella.protocol.Bytes;
import stella.protocol.piece.Piece;

/**
 * What a client asks for (clause DL-1).
 *
 * @param content binary CID of the root
 * @param replicas 1 to MaxReplicas
 * @param periods proving periods
 * @param priceMax planck per GiB of padded piece and period
 * @param source URL where a Store can pull the piece, at most 128 bytes
 */
public record StorageRequest(
        Bytes content, Piece piece, int replicas, long periods, BigInteger priceMax, Tier tier, String source) {}
