package stella.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import stella.gateway.keys.Keypair;
import stella.node.transfer.HttpTransfer;
import stella.node.transfer.TransferSettings;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.Hash;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.deal.Ask;
import stella.protocol.deal.Tier;
import stella.protocol.piece.Piece;
import stella.protocol.possession.LeafProof;
import stella.roles.Transfer;
import stella.roles.Transfer.Answer;
import stella.roles.Transfer.Possession;
import stella.roles.Transfer.Published;
import stella.roles.Transfer.Quoted;
import stella.roles.Transfer.Relayed;
import stella.roles.Transfer.Terms;

/** Asks, relays and what Inspectors publish, over real sockets (AS-1, AS-2, IN-7, RE-2). */
@Timeout(120)
class RelayIT {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Bytes DATA = Bytes.utf8("a block of a Store");
    private static final Cid CID = Cid.of(Codec.RAW, DATA);
    private static final Piece PIECE = new Piece(Digests.blake2b256(DATA), 5, 0);
    private static final AccountId STORE = Keypair.fromSuri("//store-1").account();
    private static final AccountId AWAY = Keypair.fromSuri("//store-2").account();
    private static final AccountId UNKNOWN = Keypair.fromSuri("//store-3").account();
    private static final Keypair FETCH = Keypair.fromSuri("//fetch-1");
    private static final Ask ASK = new Ask(BigInteger.TWO.pow(100), 256, 1L << 35, 4000, 1L << 40, Tier.HOT, 1L << 33);

    private final HttpTransfer transfer = new HttpTransfer(TransferSettings.defaults());
    private Served store;
    private Served fetch;
    private boolean refusing;

    @BeforeEach
    void serve() throws Exception {
        BlockSupply blocks = (cid, _) -> CompletableFuture.completedStage(
                !refusing && cid.equals(CID.toString())
                        ? new BlockSupply.Supplied.Block(DATA)
                        : new BlockSupply.Supplied.Refused(BlockSupply.Reason.REFUSED, "not for you"));
        LeafProver prover = (_, leaves) -> CompletableFuture.completedStage(
                refusing ? new Possession.Refused(403, "not for you") : new Possession.Proven(proofs(leaves)));
        store = new Served(system -> new StoreServer(
                system, blocks, _ -> CompletableFuture.completedStage(Optional.empty()), prover, desk()));
        fetch = new Served(
                system -> new GatewayServer(system, TestDesk.relaying(FETCH, transfer, this::endpoint), Runnable::run));
    }

    @AfterEach
    void close() {
        transfer.close();
        store.close();
        fetch.close();
    }

    private Optional<String> endpoint(AccountId account) {
        if (account.equals(STORE)) return Optional.of(store.listener.url());
        return account.equals(AWAY) ? Optional.of("http://127.0.0.1:1") : Optional.empty();
    }

    private static List<LeafProof> proofs(List<Long> leaves) {
        return leaves.stream()
                .map(leaf -> new LeafProof(leaf, Hash.ZERO, Collections.nCopies(PIECE.height(), Hash.ZERO)))
                .toList();
    }

    private static AskDesk desk() {
        return new AskDesk() {
            @Override
            public AccountId store() {
                return STORE;
            }

            @Override
            public CompletionStage<Quoted> quote(Terms terms) {
                return CompletableFuture.completedStage(
                        terms.periods() <= 4000 ? new Quoted.Offered(ASK) : new Quoted.Refused(409, "too long"));
            }
        };
    }

    private static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private Relayed<Answer> block(AccountId from) {
        return now(transfer.relayedBlock(fetch.listener.url(), from, CID.toString(), DEADLINE));
    }

    private Relayed<Possession> leaves(AccountId from) {
        return now(transfer.relayedPossession(fetch.listener.url(), from, PIECE, List.of(3L), DEADLINE));
    }

    @Test
    void theRelayPassesTheBlockAndSignsTheLeavesOfTheStoreThatIsNamed() {
        assertThat(block(STORE)).isEqualTo(new Relayed.Passed<>(new Answer.Block(DATA)));
        assertThat(leaves(STORE))
                .isEqualTo(
                        new Relayed.Passed<>(new Possession.Proven(proofs(List.of(3L)), Optional.of(FETCH.account()))));
    }

    @Test
    void whatTheStoreRefusesIsToldAsTheStoresWord() {
        refusing = true;

        assertThat(block(STORE))
                .isInstanceOfSatisfying(
                        Relayed.Passed.class,
                        passed -> assertThat(passed.answer()).isInstanceOf(Answer.Refused.class));
        assertThat(leaves(STORE))
                .isInstanceOfSatisfying(
                        Relayed.Passed.class,
                        passed -> assertThat(passed.answer()).isInstanceOf(Possession.Refused.class));
    }

    @Test
    void aStoreThatIsAwayIsUnreachableThroughTheRelayToo() {
        assertThat(block(AWAY))
                .isInstanceOfSatisfying(
                        Relayed.Passed.class,
                        passed -> assertThat(passed.answer()).isInstanceOf(Answer.Unreachable.class));
        assertThat(leaves(AWAY))
                .isInstanceOfSatisfying(
                        Relayed.Passed.class,
                        passed -> assertThat(passed.answer()).isInstanceOf(Possession.Unreachable.class));
    }

    @Test
    void whatTheRelayDoesNotKnowIsNotTheStoresFault() {
        assertThat(block(UNKNOWN)).isInstanceOf(Relayed.Broken.class);
        assertThat(leaves(UNKNOWN)).isInstanceOf(Relayed.Broken.class);
        assertThat(now(transfer.relayedBlock(store.listener.url(), AWAY, "bafkqaaa", DEADLINE)))
                .as("a Store is no relay, it answers for itself")
                .isInstanceOf(Relayed.Passed.class);
    }

    @Test
    void aRelayedBlockIsKeptByNobodyOnTheWay() throws Exception {
        String address = stella.gateway.keys.Ss58.encode(STORE, stella.gateway.keys.Ss58.GENERIC_PREFIX);
        var response = fetch.get("/ipfs/" + CID + "?format=raw&provider=" + address);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().allValues("cache-control")).containsExactly("no-store");
        assertThat(fetch.get("/ipfs/" + CID + "?format=raw&provider=nobody").statusCode())
                .isEqualTo(400);
        assertThat(fetch.get("/ipfs/" + CID + "/a/file?provider=" + address).statusCode())
                .isEqualTo(400);
    }

    @Test
    void aSignatureOverOtherLeavesNamesNobody() {
        var challenge = new stella.node.transfer.PossessionMessages.Challenge(PIECE, List.of(3L));
        var other = stella.node.transfer.Deliveries.sign(FETCH, PIECE, proofs(List.of(4L)));
        byte[] body = stella.node.transfer.PossessionMessages.write(PIECE, proofs(List.of(3L)), Optional.of(other));

        // the leaves are equal but for their index, which the path proves; another leaf makes another message
        LeafProof changed = new LeafProof(3, Digests.blake2b256(DATA), Collections.nCopies(PIECE.height(), Hash.ZERO));
        byte[] forged = stella.node.transfer.PossessionMessages.write(PIECE, List.of(changed), Optional.of(other));

        assertThat(stella.node.transfer.PossessionMessages.readProof(body, challenge)
                        .deliveredBy())
                .contains(FETCH.account());
        assertThat(stella.node.transfer.PossessionMessages.readProof(forged, challenge)
                        .deliveredBy())
                .isEmpty();
    }

    @Test
    void aStoreQuotesItsAskToAnybody() throws Exception {
        Terms fits = new Terms(1 << 20, 4000, Tier.HOT);

        assertThat(now(transfer.ask(store.listener.url(), fits, DEADLINE))).isEqualTo(new Quoted.Offered(ASK));
        assertThat(now(transfer.ask(store.listener.url(), new Terms(1 << 20, 4001, Tier.HOT), DEADLINE)))
                .isEqualTo(new Quoted.Refused(409, "too long"));
        assertThat(now(transfer.ask("http://127.0.0.1:1", fits, DEADLINE))).isInstanceOf(Quoted.Unreachable.class);
        assertThat(now(transfer.ask(fetch.listener.url(), fits, DEADLINE))).isInstanceOf(Quoted.Refused.class);
        assertThat(store.post("/stella/v1/ask", new byte[] {1}).statusCode()).isEqualTo(400);
        assertThat(store.post("/stella/v1/ask", new byte[0]).statusCode()).isEqualTo(400);
        assertThat(store.post("/stella/v1/ask", new byte[500]).statusCode()).isEqualTo(413);
    }

    @Test
    void whatInspectorsPublishIsFoundByItsDigest() throws Exception {
        Hash digest = Digests.blake2b256(DATA);
        try (Served inspector = new Served(system -> new PublishedServer(
                system,
                name -> CompletableFuture.completedStage(
                        name.equals(digest) ? Optional.of(DATA) : Optional.empty())))) {
            String url = inspector.listener.url();

            assertThat(now(((Transfer) transfer).published(url, digest, DEADLINE)))
                    .isEqualTo(new Published.Found(DATA));
            assertThat(now(transfer.published(url, Hash.ZERO, DEADLINE))).isInstanceOf(Published.Missing.class);
            assertThat(now(transfer.published("http://127.0.0.1:1", digest, DEADLINE)))
                    .isInstanceOf(Published.Missing.class);
            assertThat(inspector.get("/stella/v1/published/0x12").statusCode()).isEqualTo(400);
            assertThat(inspector.get("/stella/v1/other").statusCode()).isEqualTo(404);
        }
    }
}
