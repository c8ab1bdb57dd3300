package stella.node.api.document;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a placement tells, one line of the stream each; {@code event} names the kind. The last is {@code active} or {@code failed}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PlacementEvent.Quoted.class, name = "quoted"),
    @JsonSubTypes.Type(value = PlacementEvent.Requested.class, name = "requested"),
    @JsonSubTypes.Type(value = PlacementEvent.Offered.class, name = "offered"),
    @JsonSubTypes.Type(value = PlacementEvent.Transferring.class, name = "transferring"),
    @JsonSubTypes.Type(value = PlacementEvent.Taken.class, name = "taken"),
    @JsonSubTypes.Type(value = PlacementEvent.Declined.class, name = "declined"),
    @JsonSubTypes.Type(value = PlacementEvent.Proved.class, name = "proved"),
    @JsonSubTypes.Type(value = PlacementEvent.Active.class, name = "active"),
    @JsonSubTypes.Type(value = PlacementEvent.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = PlacementEvent.Waiting.class, name = "waiting")
})
public sealed interface PlacementEvent {
    /** Whether nothing comes after it. */
    @JsonIgnore
    default boolean isLast() {
        return this instanceof Active || this instanceof Failed;
    }

    /** The name of the kind, as in the key {@code event}. */
    default String word() {
        return switch (this) {
            case Quoted _ -> "quoted";
            case Requested _ -> "requested";
            case Offered _ -> "offered";
            case Transferring _ -> "transferring";
            case Taken _ -> "taken";
            case Declined _ -> "declined";
            case Proved _ -> "proved";
            case Active _ -> "active";
            case Failed _ -> "failed";
            case Waiting _ -> "waiting";
        };
    }

    /** The cost in planck: {@code reserve} is set aside, of which {@code topUp} comes from the account's balance now. */
    record Quoted(BigInteger priceMax, BigInteger reserve, BigInteger topUp) implements PlacementEvent {}

    record Requested(long request, long block) implements PlacementEvent {}

    record Offered(String store, @Nullable String storeName) implements PlacementEvent {}

    /** Bytes that the Store has pulled so far. */
    record Transferring(String store, @Nullable String storeName, long received, long total)
            implements PlacementEvent {}

    /** @param price planck per GiB and period */
    record Taken(String store, @Nullable String storeName, long deal, BigInteger price) implements PlacementEvent {}

    record Declined(String store, @Nullable String storeName, String reason) implements PlacementEvent {}

    /** The first proof of the deal was accepted in {@code block}. */
    record Proved(String store, @Nullable String storeName, long deal, long block) implements PlacementEvent {}

    /** Every replica is proven. */
    record Active(long request, List<Replica> deals) implements PlacementEvent {
        public Active {
            deals = List.copyOf(deals);
        }
    }

    /** @param code stable word, see {@link ErrorCode} */
    record Failed(String code, String message, String hint) implements PlacementEvent {}

    /** Nothing new; keeps the connection alive. */
    record Waiting() implements PlacementEvent {}

    /** One replica of an active request. */
    record Replica(long deal, String store, @Nullable String storeName) {}
}
