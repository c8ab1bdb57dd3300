package stella.roles.fetch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
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

    private record Possessed(ReceiptRequest request, List<AccountId> rest, AccountId store, Possession answer)
            implements Command {}

    /** One block on its way: who waits, who may still be asked, what went wrong so far. */
    private record Search(List<ActorRef<ChunkReply>> waiters, List<AccountId> rest, List<String> failures) {}

    private final Ledger ledger;
    private final Transfer transfer;
    private final FetchSettings settings;
    private final Retrieval retrieval;
    private final BlockCache cache;
    private final SortedMap<Cid, Search> searches = new TreeMap<>();
    private boolean known;

    public static Behavior<Command> create(Ledger ledger, Transfer transfer, FetchSettings settings) {
        Behavior<Command> fetch = Behaviors.setup(context -> {
            ActorRef<Command> self = context.getSelf();
            ledger.follow(block -> self.tell(new BlockSeen(block)));
            context.getSystem().receptionist().tell(Receptionist.register(SERVICE, self));
            return new Fetch(context, ledger, transfer, settings);
        });
        return Behaviors.supervise(fetch).onFailure(SupervisorStrategy.restart());
    }

    private Fetch(ActorContext<Command> context, Ledger ledger, Transfer transfer, FetchSettings settings) {
        super(context);
        this.ledger = ledger;
        this.transfer = transfer;
        this.settings = settings;
        this.retrieval = new Retrieval(settings.hintsMax(), settings.restBlocks());
        this.cache = new BlockCache(settings.cacheBytesMax());
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        switch (command) {
            case ChunkRequest request -> onChunkRequest(request);
            case ReceiptRequest request -> onReceiptRequest(request);
            case BlockSeen seen -> onBlock(seen.block());
            case DirectoryRead read -> retrieval.learn(read.directory());
            case DirectoryUnread unread -> onDirectoryUnread(unread.cause());
            case Answered answered -> onAnswered(answered);
            case Possessed possessed -> onPossessed(possessed);
        }
        return this;
    }

    private void onBlock(Block block) {
        retrieval.at(block.number());
        if (known && block.events().stream().noneMatch(Fetch::changesDirectory)) return;
        known = true;
        var deals = ledger.liveDeals(block.hash());
        var roles = ledger.roles(block.hash());
        var reputation = ledger.reputation(block.hash());
        CompletionStage<Directory> reading = deals.thenCompose(
                d -> roles.thenCompose(r -> reputation.thenApply(scores -> Directory.of(d, r, scores))));
        getContext()
                .pipeToSelf(
                        reading,
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
                || event instanceof Event.ReputationAdopted;
    }

    private void onDirectoryUnread(String cause) {
        known = false; // the next block tries again
        getContext().getLog().warn("the chain cannot be read, serving by what is known: {}", cause);
    }

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
            request.replyTo().tell(new Chunk(request.cid(), cid.hash().digest()));
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
            if (running.waiters().size() < settings.waitersMax())
                running.waiters().add(request.replyTo());
            else refuse(request, Reason.BUSY, "too many requests wait for " + cid);
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
        Search search = new Search(new ArrayList<>(), new ArrayList<>(candidates), new ArrayList<>());
        search.waiters().add(request.replyTo());
        searches.put(cid, search);
        askNext(cid, search);
    }

    private void refuse(ChunkRequest request, Reason reason, String detail) {
        request.replyTo().tell(new Refusal(request.cid(), reason, detail));
    }

    private void askNext(Cid cid, Search search) {
        while (!search.rest().isEmpty()) {
            AccountId store = search.rest().removeFirst();
            Optional<String> endpoint = retrieval.endpoint(store);
            if (endpoint.isEmpty()) continue;
            getContext()
                    .pipeToSelf(
                            transfer.block(endpoint.get(), cid.toString(), settings.blockDeadline()),
                            (answer, error) -> new Answered(
                                    cid,
                                    store,
                                    error == null
                                            ? answer
                                            : new Answer.Unreachable(String.valueOf(error.getMessage()))));
            return;
        }
        searches.remove(cid);
        String detail = "no replica delivered " + cid + ": " + String.join("; ", search.failures());
        Refusal refusal = new Refusal(cid.toString(), Reason.REPLICAS_FAILED, detail);
        search.waiters().forEach(waiter -> waiter.tell(refusal));
    }

    private void onAnswered(Answered answered) {
        Search search = searches.get(answered.cid());
        if (search == null) return;
        switch (answered.answer()) {
            case Answer.Block(Bytes data)
            when answered.cid().matches(data) -> {
                searches.remove(answered.cid());
                cache.put(answered.cid(), data);
                learnLinks(answered.cid(), data);
                Chunk chunk = new Chunk(answered.cid().toString(), data);
                search.waiters().forEach(waiter -> waiter.tell(chunk));
            }
            case Answer.Block _ -> failOver(answered, search, "served other bytes");
            case Answer.Refused(int status, String detail) -> failOver(answered, search, status + " " + detail);
            case Answer.Unreachable(String detail) -> failOver(answered, search, detail);
        }
    }

    private void failOver(Answered answered, Search search, String failure) {
        retrieval.failed(answered.store());
        search.failures().add(answered.store() + ": " + failure);
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

    private void onReceiptRequest(ReceiptRequest request) {
        askReceipt(request, new ArrayList<>(retrieval.candidates(request.piece())), "no Store holds this piece");
    }

    private void askReceipt(ReceiptRequest request, List<AccountId> rest, String failure) {
        while (!rest.isEmpty()) {
            AccountId store = rest.removeFirst();
            Optional<String> endpoint = retrieval.endpoint(store);
            if (endpoint.isEmpty()) continue;
            getContext()
                    .pipeToSelf(
                            transfer.possession(
                                    endpoint.get(), request.piece(), request.leaves(), settings.blockDeadline()),
                            (answer, error) -> new Possessed(
                                    request,
                                    rest,
                                    store,
                                    error == null
                                            ? answer
                                            : new Possession.Unreachable(String.valueOf(error.getMessage()))));
            return;
        }
        request.replyTo().tell(new NoReceipt(failure));
    }

    private void onPossessed(Possessed possessed) {
        switch (possessed.answer()) {
            case Possession.Proven(List<LeafProof> leaves) ->
                possessed.request().replyTo().tell(new Receipt(leaves));
            case Possession.Refused(int status, String detail) ->
                askReceipt(possessed.request(), possessed.rest(), status + " " + detail);
            case Possession.Unreachable(String detail) -> askReceipt(possessed.request(), possessed.rest(), detail);
        }
    }
}
