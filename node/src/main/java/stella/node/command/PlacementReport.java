package stella.node.command;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stella.node.api.document.Amounts;
import stella.node.api.document.PlacementEvent;
import stella.node.cli.CommandException;
import stella.node.cli.Console;
import stella.node.cli.ProgressLine;

/** Tells a person how a placement goes, one line each step, and remembers what came of it. */
final class PlacementReport {
    private final Console console;
    private final ProgressLine progress;
    private final int replicas;
    private final Map<String, Long> pulled = new HashMap<>();
    private final Map<Long, PlacementEvent.Taken> taken = new LinkedHashMap<>();
    private final List<Long> proven = new ArrayList<>();
    private Optional<PlacementEvent.Quoted> quote = Optional.empty();
    private Optional<Long> request = Optional.empty();
    private Optional<CommandException> failure = Optional.empty();
    private boolean active;

    PlacementReport(Console console, ProgressLine progress, int replicas) {
        this.console = console;
        this.progress = progress;
        this.replicas = replicas;
    }

    Optional<PlacementEvent.Quoted> quote() {
        return quote;
    }

    Optional<Long> request() {
        return request;
    }

    /** Deals taken, in their order. */
    List<PlacementEvent.Taken> taken() {
        return List.copyOf(taken.values());
    }

    boolean isProven(long deal) {
        return active || proven.contains(deal);
    }

    Optional<CommandException> failure() {
        return failure;
    }

    /** How far the placement has come. */
    Optional<Wait> reached() {
        if (active) return Optional.of(Wait.ACTIVE);
        if (request.isEmpty()) return Optional.empty();
        return Optional.of(taken.size() >= replicas ? Wait.TAKEN : Wait.REQUESTED);
    }

    void hear(PlacementEvent event) {
        switch (event) {
            case PlacementEvent.Quoted quoted -> quoted(quoted);
            case PlacementEvent.Requested requested -> {
                request = Optional.of(requested.request());
                say("request " + requested.request() + " is on chain since block " + requested.block());
            }
            case PlacementEvent.Offered(String store, var name) -> say("offered to " + Documents.who(name, store));
            case PlacementEvent.Transferring moved -> transferring(moved);
            case PlacementEvent.Taken deal -> {
                taken.put(deal.deal(), deal);
                say("deal " + deal.deal() + ": " + Documents.who(deal.storeName(), deal.store())
                        + " has verified the bytes and takes it for " + Amounts.text(deal.price())
                        + " per GiB and period");
            }
            case PlacementEvent.Declined(String store, var name, String reason) ->
                say(Documents.who(name, store) + " declined: " + reason);
            case PlacementEvent.Proved proved -> {
                proven.add(proved.deal());
                say("deal " + proved.deal() + ": " + Documents.who(proved.storeName(), proved.store())
                        + " proved possession in block " + proved.block());
            }
            case PlacementEvent.Active _ -> {
                active = true;
                say("all " + replicas + " replicas are proven");
            }
            case PlacementEvent.Failed(String code, String message, String hint) ->
                failure = Optional.of(Failures.of(code, message, Optional.of(hint)));
            case PlacementEvent.Waiting _ -> {
                // keeps the connection alive
            }
        }
    }

    private void quoted(PlacementEvent.Quoted quoted) {
        quote = Optional.of(quoted);
        BigInteger topUp = quoted.topUp();
        say("sets aside at most " + Amounts.text(quoted.reserve()) + " of credits (up to "
                + Amounts.text(quoted.priceMax()) + " per GiB and period)"
                + (topUp.signum() == 0 ? "" : ", buying " + Amounts.text(topUp) + " of them now"));
    }

    /** One bar at a time is enough: that of the Store which moved last. */
    private void transferring(PlacementEvent.Transferring moved) {
        String who = Documents.who(moved.storeName(), moved.store());
        Long before = pulled.put(moved.store(), moved.received());
        if (before == null) progress.phase(who + " pulls", moved.total());
        progress.advance(moved.received() - (before == null ? 0 : before));
    }

    private void say(String line) {
        progress.close();
        console.say(line);
    }
}
