package stella.gateway.metadata;

/**
 * Why a transaction that was included had no effect.
 *
 * @param pallet whose error it is, or {@code Token}, {@code Arithmetic}, … for errors of the runtime itself, or empty
 * @param error name of the error
 * @param text the error's own documentation; may be empty
 */
public record DispatchFailure(String pallet, String error, String text) {
    /** Reads a {@code DispatchError}. */
    public static DispatchFailure read(Metadata metadata, Value error) {
        if (!(error instanceof Value.Variant variant)) throw new MetadataException("no dispatch error: " + error);
        if (variant.name().equals("Module")) return module(metadata, variant.field("0"));
        if (variant.fields().get("0") instanceof Value.Variant inner)
            return new DispatchFailure(variant.name(), inner.name(), "");
        return new DispatchFailure("", variant.name(), "");
    }

    private static DispatchFailure module(Metadata metadata, Value module) {
        int index = (int) module.field("index").longNumber();
        int error = module.field("error").bytes().at(0);
        return metadata.pallet(index)
                .map(pallet -> {
                    TypeInfo.Variant known = pallet.errors().get(error);
                    return known == null
                            ? new DispatchFailure(pallet.name(), "error " + error, "")
                            : new DispatchFailure(pallet.name(), known.name(), known.docs());
                })
                .orElseGet(() -> new DispatchFailure("pallet " + index, "error " + error, ""));
    }

    @Override
    public String toString() {
        return (pallet.isEmpty() ? error : pallet + "." + error) + (text.isEmpty() ? "" : ": " + text);
    }
}
