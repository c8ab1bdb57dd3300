package stella.gateway.extrinsic;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import stella.gateway.crypto.Blake2;
import stella.gateway.keys.Keypair;
import stella.gateway.metadata.ExtrinsicInfo.Extension;
import stella.gateway.metadata.Metadata;
import stella.gateway.metadata.MetadataException;
import stella.gateway.metadata.Pallet;
import stella.gateway.metadata.TypeInfo;
import stella.gateway.metadata.Value;
import stella.gateway.metadata.ValueCodec;
import stella.gateway.scale.ScaleException;
import stella.gateway.scale.ScaleReader;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/**
 * The form of one runtime's transactions: writes and reads form 4 (signed and bare) and form 5 (general and bare). See {@link
 * SigningContext} for what goes into their extensions.
 */
public final class ExtrinsicFormat {
    private static final int SIGNED_V4 = 0x84;
    private static final int GENERAL_V5 = 0x45;
    private static final int FORM_MASK = 0x3f;
    private static final int HASHED_ABOVE = 256;

    private final Metadata metadata;
    private final ValueCodec values;
    private final TransactionExtensions extensions;

    public ExtrinsicFormat(Metadata metadata) {
        this.metadata = metadata;
        this.values = metadata.values();
        this.extensions = new TransactionExtensions(metadata);
    }

    /** The identity of a transaction: BLAKE2b-256 of its encoding, the length before it included. */
    public static Hash hash(Bytes encoded) {
        return Hash.of(Blake2.blake2b256(encoded.toArray()));
    }

    /**
     * A signed transaction, its length before it, ready to be submitted.
     *
     * @throws MetadataException when the chain's transactions carry something unknown
     */
    public Bytes sign(Bytes call, SigningContext context, Keypair signer) {
        ScaleWriter body = new ScaleWriter().u8(SIGNED_V4);
        values.encode(metadata.extrinsic().address(), address(signer.account()), body);
        values.encode(metadata.extrinsic().signature(), signature(signer, payload(call, context)), body);
        extensions.write(metadata.extensions(), context, body);
        return new ScaleWriter().bytes(body.raw(call).toBytes()).toBytes();
    }

    /**
     * A transaction of form 5 ("general"), its length before it: who sends it is for its extensions to say. On a chain that has the
     * extension {@code VerifyMultiSignature} it is signed by {@code signer}.
     *
     * @param version of the list of extensions, of those in the chain's metadata
     * @throws MetadataException when the chain has no such list, or nothing in it can carry a signature that is asked for
     */
    public Bytes general(Bytes call, SigningContext context, int version, Optional<Keypair> signer) {
        List<Extension> list = metadata.extrinsic().extensions(version);
        ScaleWriter body = new ScaleWriter().u8(GENERAL_V5).u8(version);
        boolean signed = false;
        for (int i = 0; i < list.size(); i++) {
            Extension extension = list.get(i);
            if (signer.isPresent() && extension.name().equals(TransactionExtensions.SIGNATURE)) {
                Bytes payload = payload(call, context, version, list.subList(i + 1, list.size()));
                values.encode(extension.type(), verified(signer.get(), payload), body);
                signed = true;
            } else extensions.writeExplicit(extension, context, body);
        }
        if (signer.isPresent() && !signed)
            throw new MetadataException("this chain has no extension " + TransactionExtensions.SIGNATURE
                    + ", so its transactions of form 5 carry no signature; sign one of form 4");
        return new ScaleWriter().bytes(body.raw(call).toBytes()).toBytes();
    }

    /** What is signed in form 5: the call and whatever follows the signature, always hashed. */
    Bytes payload(Bytes call, SigningContext context, int version, List<Extension> following) {
        ScaleWriter payload = new ScaleWriter().u8(version).raw(call);
        extensions.write(following, context, payload);
        extensions.writeImplicit(following, context, payload);
        return Bytes.owning(Blake2.blake2b256(payload.toArray()));
    }

    /** What is signed in form 4: the call and the extensions with and without what is sent, hashed when long. */
    Bytes payload(Bytes call, SigningContext context) {
        ScaleWriter payload = new ScaleWriter().raw(call);
        extensions.write(metadata.extensions(), context, payload);
        extensions.writeImplicit(metadata.extensions(), context, payload);
        byte[] bytes = payload.toArray();
        return Bytes.owning(bytes.length > HASHED_ABOVE ? Blake2.blake2b256(bytes) : bytes);
    }

    /**
     * Reads a transaction of a block, its length before it.
     *
     * @throws ScaleException when it is none of this runtime
     */
    public Extrinsic decode(Bytes encoded) {
        ScaleReader in = new ScaleReader(encoded);
        int length = in.length(Integer.MAX_VALUE, 1);
        if (length != in.remaining())
            throw new ScaleException("a transaction of " + length + " bytes in " + in.remaining(), 0);
        int at = in.position();
        int version = in.u8();
        Optional<Extrinsic.Signed> signed = Optional.empty();
        Map<String, Value> read = Map.of();
        switch (version) {
            case SIGNED_V4 -> {
                Value address = values.decode(metadata.extrinsic().address(), in);
                Value signature = values.decode(metadata.extrinsic().signature(), in);
                read = extensions.read(metadata.extensions(), in);
                signed = Optional.of(signed(address, signature, read));
            }
            case GENERAL_V5 -> {
                read = extensions.read(list(in), in);
                signed = signedBy(read);
            }
            case 4, 5 -> {}
            default -> throw new ScaleException("a transaction of unknown version " + version, at);
        }
        Bytes call = encoded.slice(in.position(), encoded.length());
        Pallet pallet = palletOf(in);
        TypeInfo.Variant variant = callOf(pallet, in);
        Map<String, Value> arguments = values.decodeFields(variant, in);
        in.end();
        return new Extrinsic(
                hash(encoded), version & FORM_MASK, signed, read, pallet.name(), variant.name(), arguments, call);
    }

    private List<Extension> list(ScaleReader in) {
        int at = in.position();
        int version = in.u8();
        List<Extension> list = metadata.extrinsic().extensions().get(version);
        if (list == null) throw new ScaleException("extensions of unknown version " + version, at);
        return list;
    }

    private Value verified(Keypair signer, Bytes payload) {
        return new Value.Variant(
                "Signed",
                Map.of(
                        "signature",
                        signature(signer, payload),
                        "account",
                        Value.of(signer.account().bytes())));
    }

    private Value address(AccountId account) {
        Value raw = Value.of(account.bytes());
        boolean multi = metadata.types().core(metadata.extrinsic().address()) instanceof TypeInfo.Variants;
        return multi ? Value.variant("Id", raw) : raw;
    }

    private static Value signature(Keypair signer, Bytes payload) {
        Value raw = Value.of(signer.sign(payload));
        return switch (signer.scheme()) {
            case ED25519 -> Value.variant("Ed25519", raw);
            case SR25519 -> Value.variant("Sr25519", raw);
            case ECDSA -> Value.variant("Ecdsa", raw);
        };
    }

    private Extrinsic.Signed signed(Value address, Value signature, Map<String, Value> read) {
        Value signer =
                address instanceof Value.Variant variant && variant.name().equals("Id") ? variant.field("0") : address;
        if (!(signer instanceof Value.Raw raw) || raw.bytes().length() != AccountId.LENGTH)
            throw new ScaleException("a signer that is no account, " + address + ",", 1);
        return new Extrinsic.Signed(
                new AccountId(raw.bytes()),
                signature,
                TransactionExtensions.nonce(read),
                TransactionExtensions.era(read),
                TransactionExtensions.tip(read));
    }

    /** A transaction of form 5 is signed when the extension for it says so. */
    private Optional<Extrinsic.Signed> signedBy(Map<String, Value> read) {
        return read.get(TransactionExtensions.SIGNATURE) instanceof Value.Variant verified
                        && verified.name().equals("Signed")
                ? Optional.of(signed(verified.field("account"), verified.field("signature"), read))
                : Optional.empty();
    }

    private Pallet palletOf(ScaleReader in) {
        int at = in.position();
        int index = in.u8();
        return metadata.pallet(index).orElseThrow(() -> new ScaleException("a call of unknown pallet " + index, at));
    }

    private static TypeInfo.Variant callOf(Pallet pallet, ScaleReader in) {
        int at = in.position();
        int index = in.u8();
        return pallet.calls().values().stream()
                .filter(call -> call.index() == index)
                .findFirst()
                .orElseThrow(() -> new ScaleException("an unknown call " + index + " of pallet " + pallet.name(), at));
    }
}
