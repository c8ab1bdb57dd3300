package stella.roles.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.NotSerializableException;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import stella.protocol.message.v1.Chunk;
import stella.protocol.message.v1.DealDeclined;
import stella.protocol.message.v1.DealTaken;
import stella.protocol.message.v1.PossessionChallenge;
import stella.protocol.message.v1.PossessionProof;
import stella.protocol.message.v1.Refusal;
import stella.protocol.message.v1.TransferStatus;
import stella.protocol.possession.LeafProof;
import stella.roles.fetch.Fetch;
import stella.roles.store.Store;
import stella.roles.wire.v1.ActorMessage;
import stella.roles.wire.v1.Identify;
import stella.roles.wire.v1.Identity;
import stella.roles.wire.v1.Offer;
import stella.roles.wire.v1.Refused;
import stella.roles.wire.v1.Taken;
import stella.roles.wire.v1.Transferring;
import stella.roles.wire.v1.Wanted;

/** The negotiation of DL-7 between actors of one cluster, in protobuf. */
public final class NegotiationSerializer extends SerializerWithStringManifest {
    private static final String MANIFEST = "message/1";
    private static final int LEAVES_MAX = 16;
    private static final int CHUNK_MAX = 2 << 20;
    /** A chunk and what surrounds it; every other message is smaller. */
    private static final int MESSAGE_MAX = CHUNK_MAX + (64 << 10);

    private static final int SOURCE_MAX = 128;
    private static final int CID_TEXT_MAX = 520;

    private final ActorRefResolver resolver;

    public NegotiationSerializer(ExtendedActorSystem system) {
        resolver = ActorRefResolver.get(Adapter.toTyped(system));
    }

    @Override
    public int identifier() {
        return 7302;
    }

    @Override
    public String manifest(Object value) {
        return MANIFEST;
    }

    @Override
    public byte[] toBinary(Object value) {
        ActorMessage.Builder form = ActorMessage.newBuilder();
        switch (value) {
            case Store.Offer offer -> {
                form.setReplyTo(resolver.toSerializationFormat(offer.replyTo()));
                form.setOffer(Offer.newBuilder().setRequest(offer.request()).setSource(offer.source()));
            }
            case Store.Identify identify -> {
                form.setReplyTo(resolver.toSerializationFormat(identify.replyTo()));
                form.setIdentify(Identify.getDefaultInstance());
            }
            case Store.Identity identity ->
                form.setIdentity(Identity.newBuilder()
                        .setAccount(Wire.account(identity.account()))
                        .setStore(resolver.toSerializationFormat(identity.store())));
            case Store.DealTaken taken ->
                form.setTaken(Taken.newBuilder()
                        .setDeal(taken.deal())
                        .setTaken(DealTaken.newBuilder()
                                .setRequest(taken.request())
                                .setStore(Wire.account(taken.store()))
                                .setPrice(taken.price().toString())));
            case Store.DealDeclined declined ->
                form.setDeclined(DealDeclined.newBuilder()
                        .setRequest(declined.request())
                        .setStore(Wire.account(declined.store()))
                        .setReason(Wire.reason(declined.reason()))
                        .addAllFacts(Wire.facts(declined.reason())));
            case Store.TransferStatus status ->
                form.setTransferring(Transferring.newBuilder()
                        .setStore(Wire.account(status.store()))
                        .setStatus(TransferStatus.newBuilder()
                                .setRequest(status.request())
                                .setBytesReceived(status.received())
                                .setBytesTotal(status.total())));
            case Fetch.ChunkRequest request -> {
                form.setReplyTo(resolver.toSerializationFormat(request.replyTo()));
                Wanted.Builder wanted = Wanted.newBuilder().setCid(request.cid());
                request.root().ifPresent(wanted::setRoot);
                form.setWanted(wanted);
            }
            case Fetch.Chunk chunk ->
                form.setChunk(Chunk.newBuilder()
                        .setCid(Wire.bytes(
                                stella.protocol.cid.Cid.parse(chunk.cid()).toBytes()))
                        .setData(Wire.bytes(chunk.data())));
            case Fetch.Refusal refusal ->
                form.setRefused(Refused.newBuilder()
                        .setCid(refusal.cid())
                        .setReason(refusal.reason().name())
                        .setDetail(Wire.cut(refusal.detail())));
            case Fetch.ReceiptRequest request -> {
                form.setReplyTo(resolver.toSerializationFormat(request.replyTo()));
                form.setReceiptRequest(PossessionChallenge.newBuilder()
                        .setPiece(Wire.piece(request.piece()))
                        .addAllLeaves(request.leaves()));
            }
            case Fetch.Receipt receipt -> {
                PossessionProof.Builder proof = PossessionProof.newBuilder();
                receipt.leaves().forEach(leaf -> proof.addLeaves(Wire.leaf(leaf)));
                form.setReceipt(proof);
            }
            case Fetch.NoReceipt refusal ->
                form.setNoReceipt(Refusal.newBuilder().setReason(Wire.cut(refusal.detail())));
            default -> throw new IllegalArgumentException("not a message between nodes: " + value.getClass());
        }
        return form.build().toByteArray();
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        if (!manifest.equals(MANIFEST)) throw new NotSerializableException("unknown message version: " + manifest);
        if (bytes.length > MESSAGE_MAX)
            throw new NotSerializableException("a message has at most " + MESSAGE_MAX + " bytes, not " + bytes.length);
        try {
            ActorMessage form = ActorMessage.parseFrom(bytes);
            return Wire.reading(manifest, () -> read(form));
        } catch (InvalidProtocolBufferException e) {
            throw new NotSerializableException(manifest + ": " + e.getMessage());
        }
    }

    private Object read(ActorMessage form) {
        return switch (form.getBodyCase()) {
            case OFFER ->
                new Store.Offer(
                        Wire.number(form.getOffer().getRequest()),
                        Wire.text(form.getOffer().getSource(), SOURCE_MAX),
                        ref(form.getReplyTo()));
            case IDENTIFY -> new Store.Identify(ref(form.getReplyTo()));
            case IDENTITY ->
                new Store.Identity(
                        Wire.account(form.getIdentity().getAccount()),
                        ref(form.getIdentity().getStore()));
            case TAKEN -> {
                DealTaken taken = form.getTaken().getTaken();
                yield new Store.DealTaken(
                        Wire.number(taken.getRequest()),
                        Wire.account(taken.getStore()),
                        Wire.number(form.getTaken().getDeal()),
                        Wire.amount(taken.getPrice()));
            }
            case DECLINED -> {
                DealDeclined declined = form.getDeclined();
                yield new Store.DealDeclined(
                        Wire.number(declined.getRequest()),
                        Wire.account(declined.getStore()),
                        Wire.decline(declined.getReason(), declined.getFactsList()));
            }
            case TRANSFERRING -> {
                TransferStatus status = form.getTransferring().getStatus();
                yield new Store.TransferStatus(
                        Wire.number(status.getRequest()),
                        Wire.account(form.getTransferring().getStore()),
                        Wire.number(status.getBytesReceived()),
                        Wire.number(status.getBytesTotal()));
            }
            case WANTED ->
                new Fetch.ChunkRequest(
                        Wire.text(form.getWanted().getCid(), CID_TEXT_MAX),
                        form.getWanted().hasRoot()
                                ? Optional.of(Wire.text(form.getWanted().getRoot(), CID_TEXT_MAX))
                                : Optional.empty(),
                        ref(form.getReplyTo()));
            case CHUNK -> {
                if (form.getChunk().getData().size() > CHUNK_MAX)
                    throw new IllegalArgumentException("a chunk has at most 2 MiB");
                yield new Fetch.Chunk(
                        stella.protocol.cid.Cid.of(Wire.bytes(form.getChunk().getCid()))
                                .toString(),
                        Wire.bytes(form.getChunk().getData()));
            }
            case REFUSED ->
                new Fetch.Refusal(
                        Wire.text(form.getRefused().getCid(), CID_TEXT_MAX),
                        Fetch.Reason.valueOf(form.getRefused().getReason()),
                        Wire.cut(form.getRefused().getDetail()));
            case RECEIPT_REQUEST -> {
                PossessionChallenge challenge = form.getReceiptRequest();
                if (challenge.getLeavesCount() > LEAVES_MAX)
                    throw new IllegalArgumentException("at most " + LEAVES_MAX + " leaves are asked for at a time");
                yield new Fetch.ReceiptRequest(
                        Wire.piece(challenge.getPiece()),
                        challenge.getLeavesList().stream().map(Wire::number).toList(),
                        ref(form.getReplyTo()));
            }
            case RECEIPT -> {
                if (form.getReceipt().getLeavesCount() > LEAVES_MAX)
                    throw new IllegalArgumentException("a receipt has at most " + LEAVES_MAX + " leaves");
                List<LeafProof> leaves = form.getReceipt().getLeavesList().stream()
                        .map(Wire::leaf)
                        .toList();
                yield new Fetch.Receipt(leaves);
            }
            case NO_RECEIPT -> new Fetch.NoReceipt(Wire.cut(form.getNoReceipt().getReason()));
            case BODY_NOT_SET -> throw new IllegalArgumentException("a message of a later version");
        };
    }

    private <T> ActorRef<T> ref(String text) {
        if (text.isEmpty() || text.length() > 1024)
            throw new IllegalArgumentException("an actor reference has 1 to 1024 characters");
        return resolver.resolveActorRef(text);
    }
}
