package stella.gateway.extrinsic;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stella.gateway.metadata.ExtrinsicInfo.Extension;
import stella.gateway.metadata.Metadata;
import stella.gateway.metadata.MetadataException;
import stella.gateway.metadata.Value;
import stella.gateway.metadata.ValueCodec;
import stella.gateway.scale.ScaleException;
import stella.gateway.scale.ScaleReader;
import stella.gateway.scale.ScaleWriter;

/**
 * The extensions of a chain's transactions, in the order and by the types of its metadata: what is sent ("explicit") and what is
 * only signed ("implicit").
 *
 * <p>One that is unknown is skipped when it takes no data; one that wants data is refused by name unless the signer gives it, since
 * guessing what it means could sign something unwanted.
 */
final class TransactionExtensions {
    /** Carries the signature of a transaction of form 5. */
    static final String SIGNATURE = "VerifyMultiSignature";

    private final Metadata metadata;
    private final ValueCodec values;

    TransactionExtensions(Metadata metadata) {
        this.metadata = metadata;
        this.values = metadata.values();
    }

    void write(List<Extension> extensions, SigningContext context, ScaleWriter out) {
        for (Extension extension : extensions) writeExplicit(extension, context, out);
    }

    void writeImplicit(List<Extension> extensions, SigningContext context, ScaleWriter out) {
        for (Extension extension : extensions) writeImplicit(extension, context, out);
    }

    void writeExplicit(Extension extension, SigningContext context, ScaleWriter out) {
        if (metadata.types().isEmpty(extension.type())) return;
        values.encode(extension.type(), explicit(extension, context), out);
    }

    Map<String, Value> read(List<Extension> extensions, ScaleReader in) {
        Map<String, Value> read = new LinkedHashMap<>();
        for (Extension extension : extensions) read.put(extension.name(), values.decode(extension.type(), in));
        return read;
    }

    private static Value explicit(Extension extension, SigningContext context) {
        Value given = context.extensions().get(extension.name());
        if (given != null) return given;
        return switch (extension.name()) {
            case "CheckNonce" -> Value.of(context.nonce());
            case "CheckMortality", "CheckEra" -> era(context.era());
            case "ChargeTransactionPayment" -> Value.of(context.tip());
            case "ChargeAssetTxPayment" ->
                new Value.Composite(Map.of("tip", Value.of(context.tip()), "asset_id", Value.option(Optional.empty())));
            case "CheckMetadataHash" -> new Value.Composite(Map.of("mode", Value.variant("Disabled")));
            case SIGNATURE -> Value.variant("Disabled");
            default -> throw unknown(extension);
        };
    }

    private void writeImplicit(Extension extension, SigningContext context, ScaleWriter out) {
        if (metadata.types().isEmpty(extension.implicit())) return;
        Value value = switch (extension.name()) {
            case "CheckSpecVersion" -> Value.of(context.version().specVersion());
            case "CheckTxVersion" -> Value.of(context.version().transactionVersion());
            case "CheckGenesis" -> Value.of(context.genesis().bytes());
            case "CheckMortality", "CheckEra" -> Value.of(context.eraBlock().bytes());
            case "CheckMetadataHash" -> Value.option(Optional.empty());
            default -> throw unknown(extension);
        };
        values.encode(extension.implicit(), value, out);
    }

    private static MetadataException unknown(Extension extension) {
        return new MetadataException("the chain's transactions carry the extension '" + extension.name()
                + "', whose data this client does not know; give it by SigningContext.with, or take a newer client");
    }

    private static Value era(Era era) {
        int encoded = era.encoded();
        return encoded == 0
                ? Value.variant("Immortal")
                : Value.variant("Mortal" + (encoded & 0xff), Value.of(encoded >> 8));
    }

    static long nonce(Map<String, Value> extensions) {
        Value nonce = extensions.get("CheckNonce");
        return nonce == null ? 0 : nonce.longNumber();
    }

    static Era era(Map<String, Value> extensions) {
        Value value = extensions.getOrDefault("CheckMortality", extensions.get("CheckEra"));
        if (value == null || value.name().equals("Immortal")) return new Era.Immortal();
        try {
            int low = Integer.parseInt(value.name().substring("Mortal".length()));
            return Era.decode(low, (int) value.field("0").longNumber());
        } catch (IllegalArgumentException e) {
            throw new ScaleException("no era, " + value + ",", 0);
        }
    }

    static BigInteger tip(Map<String, Value> extensions) {
        Value plain = extensions.get("ChargeTransactionPayment");
        if (plain instanceof Value.Int number) return number.value();
        Value asset = extensions.get("ChargeAssetTxPayment");
        return asset == null ? BigInteger.ZERO : asset.field("tip").number();
    }
}
