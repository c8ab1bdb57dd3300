package stella.node.api;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import stella.node.api.document.ErrorCode;
import stella.node.api.document.PlacementEvent;
import stella.node.api.document.PlacementOrder;
import stella.protocol.AccountId;
import stella.protocol.deal.StorageRequest;
import stella.roles.client.Placement;

/**
 * The placements that this program runs or ran. The key of an order is its id: the same order under the same key is the same
 * placement. Any thread.
 */
final class Placements {
    private final ActorSystem<?> system;
    private final Network network;
    private final Names names;
    private final int placementsMax;
    private final AtomicLong actors = new AtomicLong();
    /** Oldest first. */
    private final Map<String, PlacementLog> logs = new LinkedHashMap<>();

    Placements(ActorSystem<?> system, Network network, Names names, int placementsMax) {
        this.system = system;
        this.network = network;
        this.names = names;
        this.placementsMax = placementsMax;
    }

    synchronized Optional<PlacementLog> find(String key) {
        return Optional.ofNullable(logs.get(key));
    }

    /**
     * Starts the placement of {@code order}, or finds the one that was started under {@code key} before.
     *
     * @throws ApiException when the key stands for another order, the account is unknown or too many placements run
     */
    synchronized PlacementLog start(String key, PlacementOrder order, StorageRequest terms) {
        PlacementLog known = logs.get(key);
        if (known != null && !known.order().equals(order))
            throw new ApiException(
                    ErrorCode.KEY_REUSED, "the key " + key + " stands for another order already", "use a fresh key");
        if (known != null) return known;
        if (logs.size() >= placementsMax) dropFinished();
        PlacementLog log = new PlacementLog(key, order);
        ActorRef<Placement.Progress> listener =
                system.systemActorOf(listener(log), "placement-listener-" + actors.incrementAndGet(), Props.empty());
        try {
            network.place(key, order.account(), terms, listener);
        } catch (Network.NoSuchAccountException e) {
            // Tells the listener to stop; nobody else knows it.
            listener.tell(new Placement.Failed(ErrorCode.NO_SUCH_ACCOUNT.word(), String.valueOf(e.getMessage()), ""));
            throw new ApiException(
                    ErrorCode.NO_SUCH_ACCOUNT,
                    String.valueOf(e.getMessage()),
                    "name an account of `stella doctor`, or give a secret URI such as //Alice");
        }
        logs.put(key, log);
        return log;
    }

    private void dropFinished() {
        for (Iterator<PlacementLog> all = logs.values().iterator(); all.hasNext(); ) {
            if (!all.next().isFinished()) continue;
            all.remove();
            return;
        }
        throw new ApiException(ErrorCode.BUSY, placementsMax + " placements are running already", "try again later");
    }

    private Behavior<Placement.Progress> listener(PlacementLog log) {
        return Behaviors.receiveMessage(progress -> {
            PlacementEvent event = event(progress);
            log.add(event);
            return event.isLast() ? Behaviors.stopped() : Behaviors.same();
        });
    }

    private PlacementEvent event(Placement.Progress progress) {
        return switch (progress) {
            case Placement.Quoted quoted ->
                new PlacementEvent.Quoted(quoted.priceMax(), quoted.reserve(), quoted.topUp());
            case Placement.Requested requested -> new PlacementEvent.Requested(requested.request(), requested.block());
            case Placement.Offered(AccountId store) ->
                new PlacementEvent.Offered(Names.address(store), names.name(store));
            case Placement.Transferring(AccountId store, long received, long total) ->
                new PlacementEvent.Transferring(Names.address(store), names.name(store), received, total);
            case Placement.Taken(AccountId store, long deal, var price) ->
                new PlacementEvent.Taken(Names.address(store), names.name(store), deal, price);
            case Placement.Declined(AccountId store, String reason) ->
                new PlacementEvent.Declined(Names.address(store), names.name(store), names.inWords(reason));
            case Placement.Proved(AccountId store, long deal, long block) ->
                new PlacementEvent.Proved(Names.address(store), names.name(store), deal, block);
            case Placement.Active(long request, SortedMap<AccountId, Long> deals) ->
                new PlacementEvent.Active(
                        request,
                        deals.entrySet().stream()
                                .map(deal -> new PlacementEvent.Replica(
                                        deal.getValue(), Names.address(deal.getKey()), names.name(deal.getKey())))
                                .toList());
            case Placement.Failed(String code, String message, String hint) ->
                new PlacementEvent.Failed(code, names.inWords(message), hint);
        };
    }
}
