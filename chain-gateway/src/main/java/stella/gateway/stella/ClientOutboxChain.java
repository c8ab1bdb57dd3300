package stella.gateway.stella;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stella.gateway.client.BatchItem;
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
import stella.gateway.metadata.CommonCalls;
import stella.gateway.metadata.DispatchFailure;
import stella.gateway.metadata.Metadata;
import stella.gateway.metadata.Value;
import stella.gateway.outbox.OutboxChain;
import stella.gateway.rpc.RpcException;
import stella.gateway.rpc.RpcFailure;
import stella.gateway.scale.ScaleReader;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** {@link OutboxChain} over a {@link ChainClient}, for the account whose key it holds. */
public final class ClientOutboxChain implements OutboxChain {
    private static final Logger LOG = LoggerFactory.getLogger(ClientOutboxChain.class);

    private static final CallError FORGOTTEN = new CallError(
            "OutcomeForgotten",
            "the call is in a finalized block, but the node has discarded that block's events; look at the chain's"
                    + " state for its effect");

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
    public Bytes sign(Bytes call, Terms terms) {
        ChainRuntime runtime = client.runtime();
        Head birth = terms.birth();
        SigningContext context = new SigningContext(
                client.genesis(),
                runtime.version(),
                terms.nonce(),
                Era.mortal(terms.period(), birth.number()),
                birth.hash(),
                terms.tip());
        return runtime.format().sign(call, context, signer);
    }

    @Override
    public Hash hash(Bytes transaction) {
        return ExtrinsicFormat.hash(transaction);
    }

    @Override
    public CompletionStage<BigInteger> fee(Bytes transaction) {
        Bytes arguments =
                new ScaleWriter().raw(transaction).u32(transaction.length()).toBytes();
        return client.finalizedHead()
                .thenCompose(head -> client.runtimeCall("TransactionPaymentApi_query_info", arguments, head.hash()))
                .thenApply(ClientOutboxChain::partialFee)
                .exceptionallyCompose(failure -> isRefused(failure)
                        ? CompletableFuture.completedStage(BigInteger.ZERO)
                        : CompletableFuture.failedStage(failure));
    }

    /** Weight (two compact numbers), class, and the fee without the tip. */
    private static BigInteger partialFee(Bytes info) {
        ScaleReader in = new ScaleReader(info);
        in.compactBig();
        in.compactBig();
        in.u8();
        return in.u128();
    }

    @Override
    public CompletionStage<Fate> submit(Bytes transaction, Consumer<Head> included) {
        Hash hash = hash(transaction);
        return client.submit(transaction, block -> included.accept(new Head(block.number(), block.hash())))
                .thenApply(outcome -> fate(outcome, hash));
    }

    @Override
    public CompletionStage<Optional<Fate.Finalized>> find(Set<Hash> transactions, long from, long to) {
        if (from > to) return CompletableFuture.completedStage(Optional.empty());
        return client.blockHash(from)
                .thenCompose(hash -> hash.isEmpty()
                        ? CompletableFuture.<Optional<Fate.Finalized>>completedStage(Optional.empty())
                        : client.header(hash.get()).thenCompose(header -> findIn(header.ref(), transactions)))
                .thenCompose(found ->
                        found.isPresent() ? CompletableFuture.completedStage(found) : find(transactions, from + 1, to));
    }

    private CompletionStage<Optional<Fate.Finalized>> findIn(BlockRef block, Set<Hash> transactions) {
        return client.encodedBody(block.hash())
                .thenCompose(body -> body.stream()
                        .map(ExtrinsicFormat::hash)
                        .filter(transactions::contains)
                        .findFirst()
                        .map(hash -> fateIn(block, hash).thenApply(Optional::of))
                        .orElseGet(() -> CompletableFuture.completedStage(Optional.empty())));
    }

    /** A node that was away for long may find its transaction in a block whose events the chain's node has forgotten. */
    private CompletionStage<Fate.Finalized> fateIn(BlockRef block, Hash transaction) {
        return client.outcomeIn(block, transaction)
                .thenApply(found -> (Fate.Finalized) fate(found.orElseThrow(), transaction))
                .exceptionallyCompose(failure -> isRefused(failure)
                        ? CompletableFuture.completedStage(new Fate.Finalized(
                                block.number(), block.hash(), transaction, new Result.Unknown(FORGOTTEN)))
                        : CompletableFuture.failedStage(failure));
    }

    private static boolean isRefused(Throwable failure) {
        return RpcException.unwrap(failure) instanceof RpcException e && e.failure() instanceof RpcFailure.Refused;
    }

    @Override
    public Bytes nothing() {
        return client.runtime().metadata().call("System", "remark", Map.of("remark", Value.of(Bytes.EMPTY)));
    }

    @Override
    public boolean isBatchable(Bytes call) {
        Metadata metadata = client.runtime().metadata();
        return metadata.pallets().containsKey("Utility")
                && metadata.pallet("Utility").calls().containsKey("force_batch")
                && !metadata.carriesCalls(call);
    }

    @Override
    public Bytes batch(List<Bytes> calls) {
        return new CommonCalls(client.runtime().metadata()).forceBatch(calls);
    }

    private static Fate fate(Outcome outcome, Hash transaction) {
        return switch (outcome) {
            case Outcome.Succeeded(BlockRef block, int _, var _, List<BatchItem> items) ->
                new Fate.Finalized(block.number(), block.hash(), transaction, result(items));
            case Outcome.Failed(BlockRef block, int _, DispatchFailure failure) ->
                new Fate.Finalized(block.number(), block.hash(), transaction, new Result.Failed(error(failure)));
            case Outcome.Refused(PoolRefusal refusal) -> refused(refusal);
            case Outcome.Unknown(String why) -> new Fate.Unclear(why);
        };
    }

    private static Result result(List<BatchItem> items) {
        if (items.isEmpty()) return new Result.Done();
        return new Result.Items(items.stream()
                .map(item -> item.failure().map(ClientOutboxChain::error))
                .toList());
    }

    private static CallError error(DispatchFailure failure) {
        String name = failure.pallet().isEmpty() ? failure.error() : failure.pallet() + "." + failure.error();
        return new CallError(name, failure.text());
    }

    private static Fate refused(PoolRefusal refusal) {
        String text = refusal.reason().word() + ": " + refusal.text();
        return switch (refusal.reason()) {
            case PAYMENT, CALL, BAD_SIGNER, CUSTOM, INVALID, BAD_FORMAT, EXHAUSTS_RESOURCES ->
                new Fate.Refused(new CallError(refusal.reason().word(), refusal.text()));
            case TOO_LOW_PRIORITY, IMMEDIATELY_DROPPED -> new Fate.Outbid(text);
            // It may be in a block already, or in the pool, or get there later: the chain will show. A bad proof is
            // what
            // a signature becomes when the runtime changes: signed anew, once its era is over, it is good.
            case BAD_PROOF,
                    STALE,
                    FUTURE,
                    ANCIENT_BIRTH_BLOCK,
                    INVALIDATED,
                    UNKNOWN_VALIDITY,
                    TEMPORARILY_BANNED,
                    ALREADY_IMPORTED,
                    DROPPED,
                    USURPED,
                    OTHER -> new Fate.Unclear(text);
        };
    }
}
