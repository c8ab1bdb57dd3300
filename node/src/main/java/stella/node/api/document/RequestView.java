package stella.node.api.document;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A request for storage and where it stands.
 *
 * @param priceMax planck per GiB of padded piece and period
 * @param state {@code Open}, {@code Filled}, {@code Done}, {@code Cancelled}, {@code Expired}
 * @param owner who must act next: {@code stores}, {@code chain} or {@code nobody}
 * @param deadline block in which an open request expires; none otherwise
 * @param open replicas that no Store has taken
 * @param live deals that have not ended
 * @param reserved planck of credits set aside for the open replicas
 * @param source URL at which Stores pull the piece
 */
public record RequestView(
        long id,
        String client,
        @Nullable String clientName,
        String content,
        String pieceCid,
        long payloadBytes,
        int replicas,
        long periods,
        BigInteger priceMax,
        String state,
        String owner,
        String nextStep,
        @Nullable Long deadline,
        int open,
        int live,
        BigInteger reserved,
        long createdAt,
        String source) {}
