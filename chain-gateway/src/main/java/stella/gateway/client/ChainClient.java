package stella.gateway.client;

import static stella.gateway.client.Answer.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import stella.gateway.extrinsic.Extrinsic;
import stella.gateway.keys.Ss58;
import stella.gateway.metadata.ChainEvent;
import stella.gateway.metadata.Metadata;
import stella.gateway.metadata.MetadataException;
import stella.gateway.metadata.RuntimeFunction;
import stella.gateway.metadata.Value;
import stella.gateway.rpc.JsonRpc;
import stella.gateway.rpc.RpcClient;
import stella.gateway.rpc.RpcException;
import stella.gateway.rpc.RpcSettings;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/**
 * A client of one chain. Safe for any thread. Stages fail with {@link RpcException} only (below the wrappers that stages add); they
 * complete on the connection's thread, which must not be blocked.
 */
public final class ChainClient implements AutoCloseable {
    private static final JsonRpc.Topic WATCH =
            new JsonRpc.Topic("author_submitAndWatchExtrinsic", "author_unwatchExtrinsic");

    private final JsonRpc rpc;
    private final Runnable onClose;
    private final Runtimes runtimes;
    private final Hash genesis;
    private final Alerts alerts = new Alerts();
    private final BlockFeed feed;
    private volatile ChainRuntime runtime;

    private ChainClient(JsonRpc rpc, Runnable onClose, Runtimes runtimes, Hash genesis, ChainRuntime runtime) {
        this.rpc = rpc;
        this.onClose = onClose;
        this.runtimes = runtimes;
        this.genesis = genesis;
        this.runtime = runtime;
        this.feed = new BlockFeed(rpc, this, alerts);
    }

    /** Connects with usual settings to the first of {@code endpoints} that answers. */
    public static CompletionStage<ChainClient> connect(URI... endpoints) {
        return connect(RpcSettings.of(endpoints));
    }

    /** Connects and reads the chain's identity and metadata. */
    public static CompletionStage<ChainClient> connect(RpcSettings settings) {
        RpcClient rpc = RpcClient.open(settings);
        return over(rpc, rpc::close).whenComplete((_, failure) -> {
            if (failure != null) rpc.close();
        });
    }

    /** A client over a connection that is there already; {@code onClose} runs when the client is closed. */
    public static CompletionStage<ChainClient> over(JsonRpc rpc, Runnable onClose) {
        Runtimes runtimes = new Runtimes(rpc);
        return ask(rpc, "chain_getBlockHash", Answer::hash, json(0))
                .thenCompose(genesis -> ask(rpc, "chain_getFinalizedHead", Answer::hash)
                        .thenCompose(runtimes::at)
                        .thenApply(runtime -> new ChainClient(rpc, onClose, runtimes, genesis, runtime)));
    }

    /** Hash of block 0: the identity of the chain. */
    public Hash genesis() {
        return genesis;
    }

    /** The newest runtime known: the one at the time of connecting, or a later one that {@link #follow} came across. */
    public ChainRuntime runtime() {
        return runtime;
    }

    /** The runtime that made block {@code block}: the one in its parent's state. */
    public CompletionStage<ChainRuntime> runtimeOf(BlockRef block) {
        return block.number() == 0 ? runtimes.at(block.hash()) : runtimes.at(block.parent());
    }

    public CompletionStage<Header> finalizedHead() {
        return ask("chain_getFinalizedHead", Answer::hash).thenCompose(this::header);
    }

    /** The header of block {@code hash}; it does hash to that. */
    public CompletionStage<Header> header(Hash hash) {
        return pinned(hash, head -> head.header(hash), () -> ask("chain_getHeader", Answer::header, json(hash)))
                .thenApply(header -> {
                    if (!header.hash().equals(hash))
                        throw RpcException.malformed(
                                "chain_getHeader", "the header of " + hash + " hashes to " + header.hash());
                    return header;
                });
    }

    /** The hash of block {@code number} of the node's best chain; empty when it is not there yet. */
    public CompletionStage<Optional<Hash>> blockHash(long number) {
        return ask("chain_getBlockHash", Answer::optionalHash, json(number));
    }

    /** The transactions of a block as they are encoded, their lengths before them. */
    public CompletionStage<List<Bytes>> encodedBody(Hash at) {
        return pinned(
                at,
                head -> head.body(at),
                () -> ask(
                        "chain_getBlock",
                        (answer, node) -> answer.list(node.path("block").path("extrinsics")),
                        json(at)));
    }

    /** The transactions of a block, decoded. */
    public CompletionStage<List<Extrinsic>> body(BlockRef block) {
        Answer answer = new Answer("chain_getBlock");
        return runtimeOf(block)
                .thenCombine(
                        encodedBody(block.hash()),
                        (made, body) -> answer.reading(
                                () -> body.stream().map(made.format()::decode).toList()));
    }

    /** The events of a block in their order. */
    public CompletionStage<List<ChainEvent>> events(BlockRef block) {
        Answer answer = new Answer("state_getStorage");
        return runtimeOf(block).thenCompose(made -> {
            Bytes key = made.metadata().pallet("System").entry("Events").key();
            return storage(key, block.hash())
                    .thenApply(value -> value.isEmpty()
                            ? List.<ChainEvent>of()
                            : answer.reading(() -> ChainEvent.read(made.metadata(), value.get())));
        });
    }

    /** Storage access at a block. */
    public CompletionStage<Optional<Bytes>> storage(Bytes key, Hash at) {
        return pinned(
                at,
                head -> head.storage(key, at),
                () -> ask("state_getStorage", Answer::optionalBytes, json(key), json(at)));
    }

    /** Many storage values and whole maps. */
    public StorageReader storageReader() {
        return new StorageReader(rpc);
    }

    /** The result of a function of the runtime's API, for example {@code AccountNonceApi_account_nonce}. */
    public CompletionStage<Bytes> runtimeCall(String function, Bytes arguments, Hash at) {
        return pinned(
                at,
                head -> head.call(function, arguments, at),
                () -> ask("state_call", Answer::bytes, json(function), json(arguments), json(at)));
    }

    /**
     * The result of a function of the runtime's API, arguments and result as values.
     *
     * @param function for example {@code AccountNonceApi_account_nonce}
     * @throws MetadataException when the chain has no such function, or other arguments
     */
    public CompletionStage<Value> runtimeCall(String function, Map<String, Value> arguments, Hash at) {
        Metadata metadata = runtime.metadata();
        RuntimeFunction method = metadata.api(function);
        Answer answer = new Answer("state_call");
        return runtimeCall(function, method.encode(metadata, arguments), at)
                .thenApply(result -> answer.reading(() -> metadata.values().decode(method.output(), result)));
    }

    /** The result of a pallet's view function, arguments and result as values. */
    public CompletionStage<Value> view(String pallet, String function, Map<String, Value> arguments, Hash at) {
        return new ViewFunctions(this).call(pallet, function, arguments, at);
    }

    /** A storage value by names; where nothing stands, the entry's default, or empty without one. */
    public CompletionStage<Optional<Value>> value(String pallet, String entry, Hash at, Value... keys) {
        Metadata metadata = runtime.metadata();
        Answer answer = new Answer("state_getStorage");
        return storage(metadata.storageKey(pallet, entry, keys), at)
                .thenApply(stored -> answer.reading(() -> metadata.storageValue(pallet, entry, stored)));
    }

    /** The nonce of the account's next transaction, counting those that wait in the node's pool. */
    public CompletionStage<Long> nextNonce(AccountId account) {
        return ask("system_accountNextIndex", Answer::number, json(Ss58.encode(account, Ss58.GENERIC_PREFIX)));
    }

    /**
     * Tells every finalized block in order without a gap. All that follow share one subscription of the node.
     *
     * @param first number of the first block told, or negative for the newest finalized one
     * @return ends it
     */
    public Runnable follow(long first, FinalizedListener listener) {
        return feed.follow(first, listener);
    }

    /** Tells the last alerts at once, then each new one, until the answer is run. */
    public Runnable onAlert(Consumer<ChainAlert> listener) {
        return alerts.listen(listener);
    }

    /** Hands a signed transaction to the node and reports what its pool says, until it is out of the pool. */
    public void watch(Bytes extrinsic, Consumer<PoolStatus> listener) {
        var _ = rpc.subscribe(WATCH, List.of(json(extrinsic)), new JsonRpc.Listener() {
                    @Override
                    public void item(JsonNode item) {
                        PoolStatus status;
                        try {
                            status = PoolStatus.read(item);
                        } catch (RpcException malformed) {
                            status = new PoolStatus.Lost(String.valueOf(malformed.getMessage()));
                        }
                        listener.accept(status);
                    }

                    @Override
                    public void lost(RpcException why) {
                        listener.accept(new PoolStatus.Lost(String.valueOf(why.getMessage())));
                    }
                })
                .whenComplete((_, failure) -> {
                    if (failure != null)
                        listener.accept(PoolRefusal.of(failure)
                                .<PoolStatus>map(PoolStatus.Gone::new)
                                .orElseGet(() -> new PoolStatus.Lost(String.valueOf(
                                        RpcException.unwrap(failure).getMessage()))));
                });
    }

    /** Hands a signed transaction to the node and waits for its outcome in a finalized block; never fails. */
    public CompletionStage<Outcome> submit(Bytes extrinsic) {
        return submit(extrinsic, _ -> {});
    }

    /** The same; {@code included} hears of each block with the transaction that is not final yet and may be abandoned. */
    public CompletionStage<Outcome> submit(Bytes extrinsic, Consumer<BlockRef> included) {
        return new Watched(this, extrinsic, included).outcome();
    }

    /** Looks for the transaction {@code extrinsic} in a finalized block; empty when it is not in there. */
    public CompletionStage<Optional<Outcome>> outcomeIn(BlockRef block, Hash extrinsic) {
        return new Outcomes(this).find(block, extrinsic);
    }

    @Override
    public void close() {
        onClose.run();
    }

    /** A finalized block was told: the next one may run another runtime. */
    void told(Header header) {
        if (!header.changesRuntime()) return;
        var _ = runtimes.at(header.hash()).whenComplete((changed, failure) -> {
            if (failure == null) runtime = changed;
        });
    }

    /** Asks about a block that the node holds for us by {@code chainHead_v1}; any other block is asked about the legacy way. */
    private <T> CompletionStage<T> pinned(
            Hash at, Function<ChainHead, CompletionStage<T>> reading, Supplier<CompletionStage<T>> legacy) {
        ChainHead head = feed.session();
        if (head == null || !head.isPinned(at)) return legacy.get();
        return reading.apply(head)
                .exceptionallyCompose(failure -> RpcException.unwrap(failure) instanceof ChainHead.Unpinned
                        ? legacy.get()
                        : CompletableFuture.failedStage(failure));
    }

    private <T> CompletionStage<T> ask(String method, Reading<T> reading, JsonNode... params) {
        return ask(rpc, method, reading, params);
    }

    static <T> CompletionStage<T> ask(JsonRpc rpc, String method, Reading<T> reading, JsonNode... params) {
        Answer answer = new Answer(method);
        return rpc.call(method, List.of(params)).thenApply(node -> reading.read(answer, node));
    }

    /** How an answer is read. */
    interface Reading<T> {
        T read(Answer answer, JsonNode node);
    }
}
