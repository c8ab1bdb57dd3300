package stella.roles.store;

import java.math.BigInteger;
import java.util.OptionalLong;
import stella.protocol.Bytes;
import stella.protocol.piece.Piece;

/**
 * A request that the Store works on or holds.
 *
 * @param admittedAt finalized block when the offer was admitted; tells a second try for the same request from the first
 * @param price planck per GiB and period at which it is accepted
 * @param deal the deal on chain, once accepted
 */
public record Engagement(
        long request,
        long admittedAt,
        Piece piece,
        Bytes content,
        String source,
        BigInteger price,
        Stage stage,
        OptionalLong deal) {

    /** How far it has come; a restart resumes at the same stage. */
    public enum Stage {
        /** The piece is on its way. */
        PULLING,
        /** The piece is kept and verified, the acceptance is on its way to the chain. */
        ACCEPTING,
        /** The deal is on chain. */
        HELD
    }

    /** Names this try for the request among all others. */
    String name() {
        return request + "/" + admittedAt;
    }

    /** Names the acceptance for the gateway: the same try leads to one effect only. */
    String acceptKey() {
        return "accept/" + name();
    }

    Engagement at(Stage next) {
        return new Engagement(request, admittedAt, piece, content, source, price, next, deal);
    }

    Engagement held(long dealId) {
        return new Engagement(request, admittedAt, piece, content, source, price, Stage.HELD, OptionalLong.of(dealId));
    }
}
