package stella.roles.fetch;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.cid.MalformedException;
import stella.protocol.piece.Piece;
import stella.roles.Transfer;
import stella.roles.Transfer.Answer;
import stella.roles.Transfer.Possession;
import stella.roles.Transfer.Relayed;

/**
 * Asks one Store and nobody else, past the cache, and passes on what it answers: so a Store cannot tell an Inspector from any reader
 * of this Fetch (IN-7). Safe for any thread; stages never complete exceptionally.
 */
public final class StoreRelay {
    private static final int BLOCK_BYTES_MAX = 2 << 20;
    private static final int BAD_GATEWAY = 502;

    private final Function<AccountId, CompletionStage<Optional<String>>> endpoints;
    private final Transfer transfer;
    private final FetchSettings settings;
    private final AtomicInteger underWay = new AtomicInteger();

    /** @param endpoints where a Store is reached, as {@link Fetch.Locate} tells */
    public StoreRelay(
            Function<AccountId, CompletionStage<Optional<String>>> endpoints,
            Transfer transfer,
            FetchSettings settings) {
        this.endpoints = endpoints;
        this.transfer = transfer;
        this.settings = settings;
    }

    /** @param text CID in text form */
    public CompletionStage<Relayed<Answer>> block(AccountId store, String text) {
        Cid cid;
        try {
            cid = Cid.parse(text);
        } catch (MalformedException e) {
            return broken("no CID: " + e.getMessage());
        }
        return pass(
                store,
                endpoint -> transfer.block(endpoint, cid.toString(), settings.blockDeadline())
                        .exceptionally(failure -> new Answer.Unreachable(String.valueOf(failure.getMessage())))
                        .thenApply(answer -> verified(cid, answer)));
    }

    public CompletionStage<Relayed<Possession>> possession(AccountId store, Piece piece, List<Long> leaves) {
        return pass(
                store,
                endpoint -> transfer.possession(endpoint, piece, leaves, settings.blockDeadline())
                        .exceptionally(failure -> new Possession.Unreachable(String.valueOf(failure.getMessage()))));
    }

    /** Nothing unverified leaves a Fetch, not even for an Inspector (FE-2). */
    private static Answer verified(Cid cid, Answer answer) {
        boolean wrong = answer instanceof Answer.Block(Bytes data)
                && !(data.length() <= BLOCK_BYTES_MAX && cid.hash().checkable() && cid.matches(data));
        return wrong ? new Answer.Refused(BAD_GATEWAY, "served other bytes") : answer;
    }

    private <T> CompletionStage<Relayed<T>> pass(AccountId store, Function<String, CompletionStage<T>> ask) {
        if (underWay.incrementAndGet() > settings.inFlightMax()) {
            underWay.decrementAndGet();
            return broken(settings.inFlightMax() + " relayed requests are on their way already");
        }
        return endpoints
                .apply(store)
                .thenCompose(endpoint -> endpoint.isEmpty()
                        ? StoreRelay.<T>broken("no Store " + store + " is known here")
                        : ask.apply(endpoint.get()).<Relayed<T>>thenApply(Relayed.Passed::new))
                .exceptionally(failure -> new Relayed.Broken<>(String.valueOf(failure.getMessage())))
                .whenComplete((_, _) -> underWay.decrementAndGet());
    }

    private static <T> CompletionStage<Relayed<T>> broken(String detail) {
        return CompletableFuture.completedStage(new Relayed.Broken<>(detail));
    }
}
