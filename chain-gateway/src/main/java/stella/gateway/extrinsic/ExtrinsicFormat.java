package stella.gateway.extrinsic;

import java.math.BigInteger;
import java.util.HashMap;
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
 * The form of one runtime's transactions: signs them in version 4 and reads versions 4 and 5.
 *
 * <p>Transaction extensions are encoded in the order and by the types of the metadata. One that is unknown is skipped when it
 * takes no data; one that wants data is refused by name, since guessing what it means could sign something unwanted.
 */
public final class ExtrinsicFormat {
    private static final int SIGNED_V4 = 0x84;
    private static final int GENERAL_V5 = 0x45;
    private static final int HASHED_ABOVE = 256;

    private final Metadata metadata;
    private final ValueCodec values;

    public ExtrinsicFormat(Metadata metadata) {
        this.metadata = metadata;
        this.values = metadata.values();
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
        for (Extension extension : metadata.extensions()) writeExplicit(extension, context, body);
        return new ScaleWriter().bytes(body.raw(call).toBytes()).toBytes();
    }

    /** What is signed: the call and the extensions with and without what is sent, hashed when long. */
    Bytes payload(Bytes call, SigningContext context) {
        ScaleWriter payload = new ScaleWriter().raw(call);
        for (Extension extension : metadata.extensions()) writeExplicit(extension, context, payload);
        for (Extension extension : metadata.extensions()) writeImplicit(extension, context, payload);
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
        Optional<Extrinsic.Signed> signed = switch (version) {
            case SIGNED_V4 -> Optional.of(readSigned(in));
            case GENERAL_V5 -> {
                in.u8(); // version of the extensions
                readExtensions(in);
                yield Optional.empty();
            }
            case 4, 5 -> Optional.empty();
            default -> throw new ScaleException("a transaction of unknown version " + version, at);
        };
        Bytes call = encoded.slice(in.position(), encoded.length());
        Pallet pallet = palletOf(in);
        TypeInfo.Variant variant = callOf(pallet, in);
        Map<String, Value> arguments = values.decodeFields(variant, in);
        in.end();
        return new Extrinsic(hash(encoded), signed, pallet.name(), variant.name(), arguments, call);
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

    private void writeExplicit(Extension extension, SigningContext context, ScaleWriter out) {
        Value value = switch (extension.name()) {
            case "CheckNonce" -> Value.of(context.nonce());
            case "CheckMortality", "CheckEra" -> era(context.era());
            case "ChargeTransactionPayment" -> Value.of(context.tip());
            case "ChargeAssetTxPayment" ->
                new Value.Composite(Map.of("tip", Value.of(context.tip()), "asset_id", Value.option(Optional.empty())));
            case "CheckMetadataHash" -> new Value.Composite(Map.of("mode", Value.variant("Disabled")));
            default -> {
                requireEmpty(extension, extension.type());
                yield Value.of();
            }
        };
        if (!metadata.types().isEmpty(extension.type())) values.encode(extension.type(), value, out);
    }

    private void writeImplicit(Extension extension, SigningContext context, ScaleWriter out) {
        Value value = switch (extension.name()) {
            case "CheckSpecVersion" -> Value.of(context.version().specVersion());
            case "CheckTxVersion" -> Value.of(context.version().transactionVersion());
            case "CheckGenesis" -> Value.of(context.genesis().bytes());
            case "CheckMortality", "CheckEra" -> Value.of(context.eraBlock().bytes());
            case "CheckMetadataHash" -> Value.option(Optional.empty());
            default -> {
                requireEmpty(extension, extension.implicit());
                yield Value.of();
            }
        };
        if (!metadata.types().isEmpty(extension.implicit())) values.encode(extension.implicit(), value, out);
    }

    private void requireEmpty(Extension extension, int type) {
        if (!metadata.types().isEmpty(type))
            throw new MetadataException("the chain's transactions carry the extension '" + extension.name()
                    + "', whose data this client does not know; a newer client is needed");
    }

    private static Value era(Era era) {
        int encoded = era.encoded();
        return encoded == 0
                ? Value.variant("Immortal")
                : Value.variant("Mortal" + (encoded & 0xff), Value.of(encoded >> 8));
    }

    private static Era readEra(Value value) {
        if (value.name().equals("Immortal")) return new Era.Immortal();
        try {
            int low = Integer.parseInt(value.name().substring("Mortal".length()));
            return Era.decode(low, (int) value.field("0").longNumber());
        } catch (IllegalArgumentException e) {
            throw new ScaleException("no era, " + value + ",", 0);
        }
    }

    private Extrinsic.Signed readSigned(ScaleReader in) {
        Value address = values.decode(metadata.extrinsic().address(), in);
        Value signature = values.decode(metadata.extrinsic().signature(), in);
        Map<String, Value> extensions = readExtensions(in);
        Value signer =
                address instanceof Value.Variant variant && variant.name().equals("Id") ? variant.field("0") : address;
        if (!(signer instanceof Value.Raw raw) || raw.bytes().length() != AccountId.LENGTH)
            throw new ScaleException("a signer that is no account, " + address + ",", 1);
        Value era = extensions.getOrDefault("CheckMortality", extensions.get("CheckEra"));
        Value nonce = extensions.get("CheckNonce");
        return new Extrinsic.Signed(
                new AccountId(raw.bytes()),
                signature,
                nonce == null ? 0 : nonce.longNumber(),
                era == null ? new Era.Immortal() : readEra(era),
                tip(extensions));
    }

    private Map<String, Value> readExtensions(ScaleReader in) {
        Map<String, Value> read = new HashMap<>();
        List<Extension> extensions = metadata.extensions();
        for (Extension extension : extensions) read.put(extension.name(), values.decode(extension.type(), in));
        return read;
    }

    private static BigInteger tip(Map<String, Value> extensions) {
        Value plain = extensions.get("ChargeTransactionPayment");
        if (plain instanceof Value.Int number) return number.value();
        Value asset = extensions.get("ChargeAssetTxPayment");
        return asset == null ? BigInteger.ZERO : asset.field("tip").number();
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
