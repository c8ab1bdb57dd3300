package stella.gateway.stella;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stella.gateway.client.BlockRef;
import stella.gateway.client.ChainClient;
import stella.gateway.client.ChainRuntime;
import stella.gateway.client.FinalizedListener;
import stella.gateway.client.Header;
import stella.gateway.client.Outcome;
import stella.gateway.client.PoolRefusal;
import stella.gateway.extrinsic.Era;
import stella.gateway.extrinsic.ExtrinsicFormat;
import stella.gateway.extrinsic.SigningContext;
import stella.gateway.keys.Keypair;
import stella.gateway.metadata.DispatchFailure;
import stella.gateway.metadata.Value;
import stella.gateway.outbox.OutboxChain;
import stella.gateway.rpc.RpcException;
import stella.gateway.rpc.RpcFailure;
import stella.gateway.scale.ScaleReader;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** {@link OutboxChain} over a {@link ChainClient}, for the account whose key it holds. */
public final class ClientOutboxChain implements OutboxChain {
    private static final Logger LOG = LoggerFactory.getLogger(ClientOutboxChain.class);

    private static final CallError FORGOTTEN = new CallError(
            "OutcomeForgotten",
            "the call is in a finalized block, but the node has discarded that block's events; look at the chain's state for its effect");

    private final ChainClient client;
    private final Keypair signer;

    public ClientOutboxChain(ChainClient client, Keypair signer) {
        this.client = client;
        this.signer = signer;
    }

    @Override
    public AutoCloseable follow(Consumer<Head> listener) {
        Runnable end = client.follow(-1, new FinalizedListener() {
            @Override
            public void block(Header header) {
                listener.accept(new Head(header.number(), header.hash()));
            }

            @Override
            public void ended(RpcException why) {
                LOG.info("finalized blocks end here: {}", why.getMessage());
            }
        });
        return end::run;
    }

    @Override
    public CompletionStage<Long> finalizedNonce(Hash at) {
        return client.runtimeCall(
                        "AccountNonceApi_account_nonce", signer.account().bytes(), at)
                .thenApply(nonce -> new ScaleReader(nonce).u32());
    }

    @Override
    public CompletionStage<Long> nextNonce() {
        return client.nextNonce(signer.account());
    }

    @Override
    public Bytes sign(Bytes call, long nonce, Head birth, int period) {
        ChainRuntime runtime = client.runtime();
        SigningContext context = new SigningContext(
                client.genesis(),
                runtime.version(),
                nonce,
                Era.mortal(period, birth.number()),
                birth.hash(),
                BigInteger.ZERO);
        return runtime.format().sign(call, context, signer);
    }

    @Override
    public Hash hash(Bytes transaction) {
        return ExtrinsicFormat.hash(transaction);
    }

    @Override
    public CompletionStage<Fate> submit(Bytes transaction) {
        return client.submit(transaction).thenApply(ClientOutboxChain::fate);
    }

    @Override
    public CompletionStage<Optional<Fate.Finalized>> find(Hash transaction, long from, long to) {
        if (from > to) return CompletableFuture.completedStage(Optional.empty());
        return client.blockHash(from)
                .thenCompose(hash -> hash.isEmpty()
                        ? CompletableFuture.<Optional<Fate.Finalized>>completedStage(Optional.empty())
                        : client.header(hash.get()).thenCompose(header -> findIn(header.ref(), transaction)))
                .thenCompose(found ->
                        found.isPresent() ? CompletableFuture.completedStage(found) : find(transaction, from + 1, to));
    }

    private CompletionStage<Optional<Fate.Finalized>> findIn(BlockRef block, Hash transaction) {
        return client.outcomeIn(block, transaction)
                .<Optional<Fate.Finalized>>thenApply(found -> found.flatMap(outcome ->
                        fate(outcome) instanceof Fate.Finalized finalized ? Optional.of(finalized) : Optional.empty()))
                .exceptionallyCompose(failure ->
                        isRefused(failure) ? forgotten(block, transaction) : CompletableFuture.failedStage(failure));
    }

    /** A node that was away for long may find its transaction in a block whose events the chain's node has forgotten. */
    private CompletionStage<Optional<Fate.Finalized>> forgotten(BlockRef block, Hash transaction) {
        return client.encodedBody(block.hash())
                .thenApply(body -> body.stream()
                                .anyMatch(each -> ExtrinsicFormat.hash(each).equals(transaction))
                        ? Optional.of(new Fate.Finalized(block.number(), block.hash(), Optional.of(FORGOTTEN)))
                        : Optional.empty());
    }

    private static boolean isRefused(Throwable failure) {
        return RpcException.unwrap(failure) instanceof RpcException e && e.failure() instanceof RpcFailure.Refused;
    }

    @Override
    public Bytes nothing() {
        return client.runtime().metadata().call("System", "remark", Map.of("remark", Value.of(Bytes.EMPTY)));
    }

    private static Fate fate(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded(BlockRef block, int _, var _) ->
                new Fate.Finalized(block.number(), block.hash(), Optional.empty());
            case Outcome.Failed(BlockRef block, int _, DispatchFailure failure) ->
                new Fate.Finalized(block.number(), block.hash(), Optional.of(error(failure)));
            case Outcome.Refused(PoolRefusal refusal) -> refused(refusal);
            case Outcome.Unknown(String why) -> new Fate.Unclear(why);
        };
    }

    private static CallError error(DispatchFailure failure) {
        String name = failure.pallet().isEmpty() ? failure.error() : failure.pallet() + "." + failure.error();
        return new CallError(name, failure.text());
    }

    private static Fate refused(PoolRefusal refusal) {
        return switch (refusal.reason()) {
            case PAYMENT, CALL, BAD_SIGNER, CUSTOM, INVALID, BAD_FORMAT ->
                new Fate.Refused(new CallError(refusal.reason().word(), refusal.text()));
            // It may be in a block already, or in the pool, or get there later: the chain will show. A bad proof is
            // what a
            // signature becomes when the runtime changes: signed anew, once its era is over, it is good.
            case BAD_PROOF,
                    STALE,
                    FUTURE,
                    ANCIENT_BIRTH_BLOCK,
                    EXHAUSTS_RESOURCES,
                    UNKNOWN_VALIDITY,
                    TEMPORARILY_BANNED,
                    ALREADY_IMPORTED,
                    TOO_LOW_PRIORITY,
                    IMMEDIATELY_DROPPED,
                    DROPPED,
                    USURPED,
                    OTHER -> new Fate.Unclear(refusal.reason().word() + ": " + refusal.text());
        };
    }
}
