package stella.roles.inspector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.cid.Cid;
import stella.protocol.piece.Piece;
import stella.roles.Transfer;

/**
 * Nodes that serve contents at endpoints, and misbehave on request. Every answer is there at once. Who asks is known to a node that
 * is told by {@link #as}, as an address would tell it.
 */
final class FakeNodes implements Transfer {
    /** Somebody whom no node knows. */
    private static final AccountId STRANGER = FakeChain.account(255);

    private final Map<String, List<Content>> served = new TreeMap<>();
    private final SortedMap<String, UnaryOperator<Answer>> tampering = new TreeMap<>();
    private final SortedMap<String, UnaryOperator<Possession>> receiptTampering = new TreeMap<>();
    private final SortedMap<String, Predicate<AccountId>> refused = new TreeMap<>();
    private final SortedMap<String, AccountId> gateways = new TreeMap<>();
    private final SortedMap<String, Quoted> quotes = new TreeMap<>();
    private final SortedMap<String, Function<Hash, Optional<Bytes>>> published = new TreeMap<>();
    final List<String> relays = new ArrayList<>();
    int requests;

    void serve(String endpoint, List<Content> contents) {
        served.put(endpoint, contents);
    }

    /** The node at {@code endpoint} is a Fetch: it signs what it delivers and relays. */
    void gateway(String endpoint, AccountId account) {
        gateways.put(endpoint, account);
    }

    /** From now on every answer of {@code endpoint} for a block goes through {@code change}. */
    void tamper(String endpoint, UnaryOperator<Answer> change) {
        tampering.put(endpoint, change);
    }

    void tamperReceipts(String endpoint, UnaryOperator<Possession> change) {
        receiptTampering.put(endpoint, change);
    }

    /** From now on {@code endpoint} serves nothing to those. */
    void refuse(String endpoint, Predicate<AccountId> whom) {
        refused.put(endpoint, whom);
    }

    void quote(String endpoint, Quoted answer) {
        quotes.put(endpoint, answer);
    }

    void mend(String endpoint) {
        tampering.remove(endpoint);
    }

    /** From now on {@code endpoint} publishes what {@code shelf} has. */
    void publish(String endpoint, Function<Hash, Optional<Bytes>> shelf) {
        published.put(endpoint, shelf);
    }

    /** The nodes as {@code asker} reaches them. */
    Transfer as(AccountId asker) {
        return new View(asker);
    }

    private final Transfer stranger = as(STRANGER);

    @Override
    public CompletionStage<Answer> block(String endpoint, String cid, Duration deadline) {
        return stranger.block(endpoint, cid, deadline);
    }

    @Override
    public CompletionStage<Possession> possession(String endpoint, Piece piece, List<Long> leaves, Duration deadline) {
        return stranger.possession(endpoint, piece, leaves, deadline);
    }

    @Override
    public CompletionStage<Relayed<Answer>> relayedBlock(
            String gateway, AccountId store, String cid, Duration deadline) {
        return stranger.relayedBlock(gateway, store, cid, deadline);
    }

    @Override
    public CompletionStage<Relayed<Possession>> relayedPossession(
            String gateway, AccountId store, Piece piece, List<Long> leaves, Duration deadline) {
        return stranger.relayedPossession(gateway, store, piece, leaves, deadline);
    }

    @Override
    public CompletionStage<Quoted> ask(String endpoint, Terms terms, Duration deadline) {
        return stranger.ask(endpoint, terms, deadline);
    }

    @Override
    public CompletionStage<Published> published(String endpoint, Hash name, Duration deadline) {
        return stranger.published(endpoint, name, deadline);
    }

    private final class View implements Transfer {
        private final AccountId asker;

        View(AccountId asker) {
            this.asker = asker;
        }

        private boolean isRefused(String endpoint) {
            return refused.getOrDefault(endpoint, _ -> false).test(asker);
        }

        @Override
        public CompletionStage<Answer> block(String endpoint, String cid, Duration deadline) {
            requests++;
            Answer answer = new Answer.Unreachable("nothing listens at " + endpoint);
            if (served.containsKey(endpoint)) {
                answer = new Answer.Refused(404, "not here");
                for (Content content : served.getOrDefault(endpoint, List.of())) {
                    Bytes block = content.blocks().get(Cid.parse(cid));
                    if (block != null) answer = new Answer.Block(block);
                }
            }
            if (isRefused(endpoint)) answer = new Answer.Refused(403, "not for you");
            return CompletableFuture.completedStage(
                    tampering.getOrDefault(endpoint, UnaryOperator.identity()).apply(answer));
        }

        @Override
        public CompletionStage<Possession> possession(
                String endpoint, Piece piece, List<Long> leaves, Duration deadline) {
            requests++;
            Optional<AccountId> signer = Optional.ofNullable(gateways.get(endpoint));
            Possession answer = new Possession.Refused(404, "no such piece");
            for (Content content : served.getOrDefault(endpoint, List.of()))
                if (content.piece().equals(piece)) answer = new Possession.Proven(content.prove(leaves), signer);
            if (isRefused(endpoint)) answer = new Possession.Refused(403, "not for you");
            return CompletableFuture.completedStage(receiptTampering
                    .getOrDefault(endpoint, UnaryOperator.identity())
                    .apply(answer));
        }

        @Override
        public CompletionStage<Relayed<Answer>> relayedBlock(
                String gateway, AccountId store, String cid, Duration deadline) {
            AccountId relay = gateways.get(gateway);
            if (relay == null) return CompletableFuture.completedStage(new Relayed.Broken<>("no relay at " + gateway));
            relays.add(gateway);
            return as(relay)
                    .block(FakeChain.endpoint(store), cid, deadline)
                    .thenApply(answer -> tampering
                            .getOrDefault(gateway, UnaryOperator.identity())
                            .apply(answer))
                    .thenApply(Relayed.Passed::new);
        }

        @Override
        public CompletionStage<Relayed<Possession>> relayedPossession(
                String gateway, AccountId store, Piece piece, List<Long> leaves, Duration deadline) {
            AccountId relay = gateways.get(gateway);
            if (relay == null) return CompletableFuture.completedStage(new Relayed.Broken<>("no relay at " + gateway));
            return as(relay)
                    .possession(FakeChain.endpoint(store), piece, leaves, deadline)
                    .thenApply(answer -> answer instanceof Possession.Proven(var proofs, var _)
                            ? new Possession.Proven(proofs, Optional.of(relay))
                            : answer)
                    .thenApply(Relayed.Passed::new);
        }

        @Override
        public CompletionStage<Quoted> ask(String endpoint, Terms terms, Duration deadline) {
            return CompletableFuture.completedStage(
                    quotes.getOrDefault(endpoint, new Quoted.Unreachable("nothing listens at " + endpoint)));
        }

        @Override
        public CompletionStage<Published> published(String endpoint, Hash name, Duration deadline) {
            Published answer = published
                    .getOrDefault(endpoint, _ -> Optional.empty())
                    .apply(name)
                    .<Published>map(Published.Found::new)
                    .orElse(new Published.Missing("not here"));
            return CompletableFuture.completedStage(answer);
        }
    }
}
