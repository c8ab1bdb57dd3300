package stella.gateway.stella;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import stella.gateway.metadata.MetadataException;
import stella.gateway.metadata.Value;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Hash;
import stella.protocol.piece.Piece;

/** Values of the protocol as dynamic values and back; reading throws {@link MetadataException} for anything else. */
final class Forms {
    private Forms() {}

    static Value hash(Hash hash) {
        return Value.of(hash.bytes());
    }

    static Hash hash(Value value) {
        return new Hash(sized(value, Hash.LENGTH));
    }

    static Value account(AccountId account) {
        return Value.of(account.bytes());
    }

    static AccountId account(Value value) {
        return new AccountId(sized(value, AccountId.LENGTH));
    }

    static Value text(String text) {
        return Value.of(Bytes.utf8(text));
    }

    static String text(Value value) {
        return value.bytes().toUtf8();
    }

    /** {@code ENDED_EARLY} is {@code EndedEarly} on chain. */
    static Value word(Enum<?> constant) {
        StringBuilder word = new StringBuilder();
        for (String part : constant.name().split("_"))
            word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
        return Value.variant(word.toString());
    }

    static <E extends Enum<E>> E word(Class<E> type, Value value) {
        String constant = value.name().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
        try {
            return Enum.valueOf(type, constant);
        } catch (IllegalArgumentException e) {
            throw new MetadataException("'" + value.name() + "' is no " + type.getSimpleName());
        }
    }

    static Value piece(Piece piece) {
        return struct().with("root", hash(piece.root()))
                .with("height", Value.of(piece.height()))
                .with("padding", Value.of(piece.padding()))
                .build();
    }

    static Piece piece(Value value) {
        try {
            return new Piece(
                    hash(value.field("root")),
                    integer(value.field("height")),
                    value.field("padding").longNumber());
        } catch (IllegalArgumentException e) {
            throw new MetadataException("no piece: " + e.getMessage());
        }
    }

    static int integer(Value value) {
        long number = value.longNumber();
        if (number < 0 || number > Integer.MAX_VALUE) throw new MetadataException(number + " does not fit 31 bits");
        return (int) number;
    }

    static boolean bool(Value value) {
        if (value instanceof Value.Bool bool) return bool.value();
        throw new MetadataException("true or false is expected, not " + value);
    }

    static Optional<Long> number(Optional<Value> value) {
        return value.map(Value::longNumber);
    }

    static Struct struct() {
        return new Struct();
    }

    private static Bytes sized(Value value, int length) {
        Bytes bytes = value.bytes();
        if (bytes.length() != length)
            throw new MetadataException(length + " bytes are expected, not " + bytes.length());
        return bytes;
    }

    /** Collects fields by name. */
    static final class Struct {
        private final Map<String, Value> fields = new LinkedHashMap<>();

        Struct with(String name, Value value) {
            fields.put(name, value);
            return this;
        }

        Value build() {
            return new Value.Composite(fields);
        }

        Value as(String variant) {
            return new Value.Variant(variant, fields);
        }

        Map<String, Value> fields() {
            return fields;
        }
    }
}
