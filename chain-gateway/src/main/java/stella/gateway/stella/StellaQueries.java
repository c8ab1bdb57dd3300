package stella.gateway.stella;

import static stella.gateway.stella.Forms.bool;
import static stella.gateway.stella.Forms.hash;
import static stella.gateway.stella.Forms.word;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import stella.gateway.client.ChainClient;
import stella.gateway.metadata.MetadataException;
import stella.gateway.metadata.Value;
import stella.gateway.rpc.RpcException;
import stella.gateway.scale.ScaleException;
import stella.protocol.AccountId;
import stella.protocol.Hash;
import stella.protocol.deal.Deal;
import stella.protocol.deal.Tier;
import stella.protocol.inspection.EpochInfo;
import stella.protocol.role.ReputationEntry;
import stella.protocol.role.RoleId;

/**
 * Questions that the chain itself answers at a block, by its runtime API {@code StellaApi}: one call instead of many reads. A chain may have the pallet
 * without this API; then stages fail, and {@link StellaState} reads the same from storage.
 */
public final class StellaQueries {
    /** Most deals in one answer. */
    public static final int DEALS_MAX = 1000;

    private static final String API = "StellaApi_";

    private final ChainClient client;

    public StellaQueries(ChainClient client) {
        this.client = client;
    }

    /**
     * What a deal's next proof must answer.
     *
     * @param indices leaves to show, in the order of the challenge; one can come twice
     * @param first block from which the proof is accepted
     * @param last block up to which it is
     */
    public record Challenge(Hash seed, List<Long> indices, long first, long last) {
        public Challenge {
            indices = List.copyOf(indices);
        }
    }

    /**
     * What storing costs at the asks of a block.
     *
     * @param stores Stores whose ask covers the piece; when they are fewer than the replicas, nothing is quoted and both prices are 0
     * @param perPeriod planck for all replicas and one period
     * @param total planck for all replicas and periods
     */
    public record Quote(long stores, BigInteger perPeriod, BigInteger total) {}

    /**
     * Where the chain stands in its epochs.
     *
     * @param info empty before block 1
     * @param offset blocks of the epoch that are over
     * @param length blocks of an epoch
     * @param commit whether verdicts about the epoch before can be committed
     * @param reveal whether they can be revealed
     * @param question whether verdicts can be questioned
     * @param attest whether the reputation of the last epoch but one can be attested
     */
    public record EpochStatus(
            long epoch,
            Optional<EpochInfo> info,
            long offset,
            long length,
            boolean commit,
            boolean reveal,
            boolean question,
            boolean attest) {}

    public CompletionStage<Optional<Deal>> deal(long id, Hash at) {
        return ask(
                "deal",
                Map.of("id", Value.of(id)),
                at,
                found -> found.optional().map(deal -> StellaState.deal(id, deal)));
    }

    /**
     * Live deals of a Store in the order of the chain's keys, at most {@code limit} and {@link #DEALS_MAX}.
     *
     * @param after the last deal of the answer before
     */
    public CompletionStage<List<Deal>> deals(AccountId store, Optional<Long> after, int limit, Hash at) {
        Map<String, Value> arguments = Map.of(
                "store", Forms.account(store),
                "after", Value.option(after.map(Value::of)),
                "limit", Value.of(limit));
        return ask(
                "deals_of",
                arguments,
                at,
                found -> found.items().stream().map(StellaQueries::numbered).toList());
    }

    /** Empty when the deal can prove nothing in the next block. */
    public CompletionStage<Optional<Challenge>> challenge(long deal, Hash at) {
        return ask(
                "challenge",
                Map.of("deal", Value.of(deal)),
                at,
                found -> found.optional().map(StellaQueries::challenge));
    }

    /** @param paddedSize bytes of the padded piece */
    public CompletionStage<Quote> quote(long paddedSize, long periods, int replicas, Tier tier, Hash at) {
        Map<String, Value> arguments = Map.of(
                "size", Value.of(paddedSize),
                "periods", Value.of(periods),
                "replicas", Value.of(replicas),
                "tier", word(tier));
        return ask(
                "quote",
                arguments,
                at,
                quote -> new Quote(
                        quote.field("stores").longNumber(),
                        quote.field("per_period").number(),
                        quote.field("total").number()));
    }

    public CompletionStage<Optional<ReputationEntry>> reputation(RoleId subject, Hash at) {
        Map<String, Value> arguments =
                Map.of("role", word(subject.role()), "account", Forms.account(subject.account()));
        return ask("reputation", arguments, at, found -> found.optional().map(StellaState::reputation));
    }

    public CompletionStage<EpochStatus> epoch(Hash at) {
        return ask("epoch", Map.of(), at, StellaQueries::status);
    }

    private <T> CompletionStage<T> ask(
            String question, Map<String, Value> arguments, Hash at, Function<Value, T> reading) {
        return client.runtimeCall(API + question, arguments, at).thenApply(answer -> {
            try {
                return reading.apply(answer);
            } catch (ScaleException | MetadataException e) {
                throw RpcException.malformed("state_call", API + question + ": " + e.getMessage());
            }
        });
    }

    private static Deal numbered(Value pair) {
        List<Value> items = pair.items();
        return StellaState.deal(items.getFirst().longNumber(), items.getLast());
    }

    private static Challenge challenge(Value v) {
        return new Challenge(
                hash(v.field("seed")),
                v.field("indices").items().stream().map(Value::longNumber).toList(),
                v.field("first").longNumber(),
                v.field("last").longNumber());
    }

    private static EpochStatus status(Value v) {
        long epoch = v.field("epoch").longNumber();
        return new EpochStatus(
                epoch,
                v.field("info").optional().map(info -> StellaState.epoch(epoch, info)),
                v.field("offset").longNumber(),
                v.field("length").longNumber(),
                bool(v.field("commit")),
                bool(v.field("reveal")),
                bool(v.field("question")),
                bool(v.field("attest")));
    }
}
