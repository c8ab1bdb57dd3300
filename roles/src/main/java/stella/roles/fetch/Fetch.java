package stella.roles.fetch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.chain.Block;
import stella.protocol.chain.Event;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.cid.MalformedException;
import stella.protocol.piece.Piece;
import stella.protocol.possession.LeafProof;
import stella.protocol.unixfs.DagPb;
import stella.protocol.unixfs.Link;
import stella.roles.Ledger;
import stella.roles.Transfer;
import stella.roles.Transfer.Answer;
import stella.roles.Transfer.Possession;

/**
 * Serves verified blocks of the network's content: the best-rated replica first, the next when one fails or lies (FE-2).
 *
 * <p>Requests for the same block share one transfer; everything it keeps in memory is bounded by {@link FetchSettings}.
 */
public final class Fetch extends AbstractMatchingBehavior<Fetch.Command> {
    public static final ServiceKey<Command> SERVICE = ServiceKey.create(Command.class, "fetch");

    public sealed interface Command {}

    /**
     * Asks for one block (DL-7).
     *
     * @param cid text form
     * @param root content root under which the asker found the block, if it knows
     */
    public record ChunkRequest(String cid, Optional<String> root, ActorRef<ChunkReply> replyTo) implements Command {}

    /** Asks a replica for leaves of a piece, on behalf of somebody who was served through this node (IN-4). */
    public record ReceiptRequest(Piece piece, List<Long> leaves, ActorRef<ReceiptReply> replyTo) implements Command {
        public ReceiptRequest {
            leaves = List.copyOf(leaves);
        }
    }

    /** Asks where a Store is reached, for a {@link StoreRelay} of this node: it does not travel between nodes. */
    public record Locate(AccountId store, ActorRef<Located> replyTo) implements Command {}

    /** @param endpoint empty for a Store that has left or never was */
    public record Located(AccountId store, Optional<String> endpoint) {}

    public sealed interface ChunkReply {}

    /** The block, verified against its CID. */
    public record Chunk(String cid, Bytes data) implements ChunkReply {}

    public record Refusal(String cid, Reason reason, String detail) implements ChunkReply {}

    public enum Reason {
        /** The text is no CID, or one whose hash this node cannot check. */
        BAD_CID,
        /** No Store of this network has an active deal that can hold it. */
        NOT_FOUND,
        /** Every replica was asked and none delivered the right bytes. */
        REPLICAS_FAILED,
        /** Too much work; try again. */
        BUSY
    }

    public sealed interface ReceiptReply {}

    public record Receipt(List<LeafProof> leaves) implements ReceiptReply {
        public Receipt {
            leaves = List.copyOf(leaves);
        }
    }

    public record NoReceipt(String detail) implements ReceiptReply {}

    private record BlockSeen(Block block) implements Command {}

    private record DirectoryRead(Directory directory) implements Command {}

    private record DirectoryUnread(String cause) implements Command {}

    private record Answered(Cid cid, AccountId store, Answer answer) implements Command {}

    private record Possessed(ReceiptRequest request, List<AccountId> rest, Possession answer) implements Command {
        private Possessed {
            rest = List.copyOf(rest);
        }
    }

    private static final int BLOCK_BYTES_MAX = 2 << 20;
    private static final int LEAVES_MAX = 16;
    private static final int ECHO_MAX = 128;

    private final Ledger ledger;
    private final Transfer transfer;
    private final FetchSettings settings;
    private final Retrieval retrieval;
    private final BlockCache cache;
    private final Ledger.Following following;
    private final SortedMap<Cid, Search> searches = new TreeMap<>();
    private int receipts;
    private boolean reading;
    private boolean outdated = true;

    public static Behavior<Command> create(Ledger ledger, Transfer transfer, FetchSettings settings) {
        Behavior<Command> fetch = Behaviors.setup(context -> {
            context.getSystem().receptionist().tell(Receptionist.register(SERVICE, context.getSelf()));
            return new Fetch(context, ledger, transfer, settings);
        });
        return Behaviors.supervise(fetch)
                .onFailure(SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.1));
    }

    private Fetch(ActorContext<Command> context, Ledger ledger, Transfer transfer, FetchSettings settings) {
        super(context);
        this.ledger = ledger;
        this.transfer = transfer;
        this.settings = settings;
        this.retrieval = new Retrieval(settings.hintsMax(), settings.restBlocks());
        this.cache = new BlockCache(settings.cacheBytesMax());
        ActorRef<Command> self = context.getSelf();
        this.following = ledger.follow(block -> self.tell(new BlockSeen(block)));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        switch (command) {
            case ChunkRequest request -> onChunkRequest(request);
            case ReceiptRequest request -> onReceiptRequest(request);
            case Locate(AccountId store, var replyTo) -> replyTo.tell(new Located(store, retrieval.endpoint(store)));
            case BlockSeen seen -> onBlock(seen.block());
            case DirectoryRead read -> onDirectory(read.directory());
            case DirectoryUnread unread -> onDirectoryUnread(unread.cause());
            case Answered answered -> onAnswered(answered);
            case Possessed possessed -> onPossessed(possessed);
        }
        return this;
    }

    @Override
    public Behavior<Command> onSignal(Signal signal) {
        if (signal instanceof PreRestart || signal instanceof PostStop) {
            following.close();
            searches.forEach((cid, search) -> search.answer(
                    new Refusal(cid.toString(), Reason.BUSY, "the Fetch node restarts; ask again in a moment")));
            searches.clear();
        }
        return this;
    }

    // --- the chain --------------------------------------------------------------------------------------------------

    private void onBlock(Block block) {
        retrieval.at(block.number());
        outdated |= block.events().stream().anyMatch(Fetch::changesDirectory);
        // One reading at a time: an old answer must not overwrite a newer one.
        if (!outdated || reading) return;
        outdated = false;
        reading = true;
        var deals = ledger.liveDeals(block.hash());
        var roles = ledger.roles(block.hash());
        var reputation = ledger.reputation(block.hash());
        CompletionStage<Directory> found = deals.thenCompose(
                d -> roles.thenCompose(r -> reputation.thenApply(scores -> Directory.of(d, r, scores))));
        getContext()
                .pipeToSelf(
                        found,
                        (directory, error) -> error == null
                                ? new DirectoryRead(directory)
                                : new DirectoryUnread(String.valueOf(error.getMessage())));
    }

    private static boolean changesDirectory(Event event) {
        return event instanceof Event.DealActivated
                || event instanceof Event.DealEnded
                || event instanceof Event.RoleRegistered
                || event instanceof Event.EndpointUpdated
                || event instanceof Event.RoleLeft
                || event instanceof Event.BondWithdrawn
                || event instanceof Event.ReputationAdopted;
    }

    private void onDirectory(Directory directory) {
        reading = false;
        retrieval.learn(directory);
    }

    private void onDirectoryUnread(String cause) {
        reading = false;
        outdated = true; // the next block tries again
        getContext().getLog().warn("the chain cannot be read, serving by what is known: {}", cause);
    }

    // --- blocks -----------------------------------------------------------------------------------------------------

    private void onChunkRequest(ChunkRequest request) {
        Cid cid;
        Optional<Cid> root;
        try {
            cid = Cid.parse(request.cid());
            root = request.root().map(Cid::parse);
        } catch (MalformedException e) {
            refuse(request, Reason.BAD_CID, String.valueOf(e.getMessage()));
            return;
        }
        if (cid.isIdentity()) {
            request.replyTo().tell(new Chunk(cid.toString(), cid.hash().digest()));
            return;
        }
        if (!cid.hash().checkable()) {
            refuse(request, Reason.BAD_CID, "this node cannot check the hash function of " + cid);
            return;
        }
        Optional<Bytes> cached = cache.get(cid);
        if (cached.isPresent()) {
            request.replyTo().tell(new Chunk(cid.toString(), cached.get()));
            return;
        }
        Search running = searches.get(cid);
        if (running != null) {
            if (!running.join(request.replyTo(), settings.waitersMax()))
                refuse(request, Reason.BUSY, "too many requests wait for " + cid);
            return;
        }
        if (searches.size() >= settings.inFlightMax()) {
            refuse(request, Reason.BUSY, settings.inFlightMax() + " blocks are on their way already");
            return;
        }
        List<AccountId> candidates = retrieval.candidates(cid, root);
        if (candidates.isEmpty()) {
            refuse(request, Reason.NOT_FOUND, "no Store of this network holds " + cid);
            return;
        }
        Search search = new Search(candidates);
        search.join(request.replyTo(), settings.waitersMax());
        searches.put(cid, search);
        askNext(cid, search);
    }

    private static void refuse(ChunkRequest request, Reason reason, String detail) {
        // The text came from outside and goes back cut: it may be of any length.
        String echo = request.cid().length() <= ECHO_MAX
                ? request.cid()
                : request.cid().substring(0, ECHO_MAX) + "…";
        request.replyTo().tell(new Refusal(echo, reason, detail));
    }

    private void askNext(Cid cid, Search search) {
        Optional<AccountId> next = search.next();
        if (next.isEmpty()) {
            searches.remove(cid);
            String detail = "no replica delivered " + cid + ": " + search.failures();
            Reason reason = search.isUnknown() ? Reason.NOT_FOUND : Reason.REPLICAS_FAILED;
            search.answer(new Refusal(cid.toString(), reason, detail));
            return;
        }
        AccountId store = next.get();
        Optional<String> endpoint = retrieval.endpoint(store);
        if (endpoint.isEmpty()) {
            search.broken(store, "has left");
            askNext(cid, search);
            return;
        }
        getContext()
                .pipeToSelf(
                        transfer.block(endpoint.get(), cid.toString(), settings.blockDeadline()),
                        (answer, error) -> new Answered(
                                cid,
                                store,
                                error == null ? answer : new Answer.Unreachable(String.valueOf(error.getMessage()))));
    }

    private void onAnswered(Answered answered) {
        Search search = searches.get(answered.cid());
        if (search == null) return;
        Cid cid = answered.cid();
        AccountId store = answered.store();
        switch (answered.answer()) {
            case Answer.Block(Bytes data)
            when data.length() > BLOCK_BYTES_MAX ->
                failOver(answered, search, "served a block of " + data.length() + " bytes, above 2 MiB");
            case Answer.Block(Bytes data)
            when cid.matches(data) -> {
                searches.remove(cid);
                cache.put(cid, data);
                learnLinks(cid, data);
                search.answer(new Chunk(cid.toString(), data));
            }
            case Answer.Block _ -> failOver(answered, search, "served other bytes");
            // Not having what it never promised is no fault: else made-up CIDs would put every Store to rest.
            case Answer.Refused(int status, String detail)
            when !retrieval.owes(store, cid) -> {
                search.failed(store, status + " " + detail);
                askNext(cid, search);
            }
            case Answer.Refused(int status, String detail) -> failOver(answered, search, status + " " + detail);
            case Answer.Unreachable(String detail) -> failOver(answered, search, detail);
        }
    }

    private void failOver(Answered answered, Search search, String failure) {
        retrieval.failed(answered.store());
        search.broken(answered.store(), failure);
        askNext(answered.cid(), search);
    }

    private void learnLinks(Cid cid, Bytes data) {
        if (cid.codec() != Codec.DAG_PB) return;
        try {
            retrieval.linked(
                    cid, DagPb.decode(data).links().stream().map(Link::cid).toList());
        } catch (MalformedException e) {
            // The bytes are what the CID names; that they are no dag-pb is for the reader to complain about.
            getContext().getLog().debug("{} is no dag-pb: {}", cid, e.getMessage());
        }
    }

    // --- receipts ---------------------------------------------------------------------------------------------------

    private void onReceiptRequest(ReceiptRequest request) {
        long leafCount = request.piece().leafCount();
        if (request.leaves().isEmpty() || request.leaves().size() > LEAVES_MAX)
            refuse(request, "1 to " + LEAVES_MAX + " leaves are asked for at a time");
        else if (request.leaves().stream().anyMatch(leaf -> leaf < 0 || leaf >= leafCount))
            refuse(request, "the piece has the leaves 0 to " + (leafCount - 1));
        else if (receipts >= settings.inFlightMax())
            refuse(request, settings.inFlightMax() + " receipts are on their way already");
        else {
            receipts++;
            askReceipt(request, retrieval.candidates(request.piece()), "no Store holds this piece");
        }
    }

    private static void refuse(ReceiptRequest request, String detail) {
        request.replyTo().tell(new NoReceipt(detail));
    }

    private void askReceipt(ReceiptRequest request, List<AccountId> stores, String failure) {
        if (stores.isEmpty()) {
            receipts = Math.max(0, receipts - 1);
            refuse(request, failure);
            return;
        }
        List<AccountId> rest = stores.subList(1, stores.size());
        Optional<String> endpoint = retrieval.endpoint(stores.getFirst());
        if (endpoint.isEmpty()) {
            askReceipt(request, rest, failure);
            return;
        }
        getContext()
                .pipeToSelf(
                        transfer.possession(
                                endpoint.get(), request.piece(), request.leaves(), settings.blockDeadline()),
                        (answer, error) -> new Possessed(
                                request,
                                rest,
                                error == null
                                        ? answer
                                        : new Possession.Unreachable(String.valueOf(error.getMessage()))));
    }

    private void onPossessed(Possessed possessed) {
        ReceiptRequest request = possessed.request();
        switch (possessed.answer()) {
            case Possession.Proven(List<LeafProof> leaves, var _)
            when proves(request, leaves) -> {
                receipts = Math.max(0, receipts - 1);
                request.replyTo().tell(new Receipt(leaves));
            }
            case Possession.Proven _ -> askReceipt(request, possessed.rest(), "the leaves served prove nothing");
            case Possession.Refused(int status, String detail) ->
                askReceipt(request, possessed.rest(), status + " " + detail);
            case Possession.Unreachable(String detail) -> askReceipt(request, possessed.rest(), detail);
        }
    }

    private static boolean proves(ReceiptRequest request, List<LeafProof> leaves) {
        if (!leaves.stream().map(LeafProof::index).toList().equals(request.leaves())) return false;
        return leaves.stream().allMatch(leaf -> leaf.leadsTo(request.piece()));
    }
}
