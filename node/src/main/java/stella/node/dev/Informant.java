package stella.node.dev;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import stella.node.api.document.NetworkInfo;
import stella.node.cli.Console;
import stella.protocol.chain.Block;
import stella.protocol.chain.Event;

/** Tells a person what a running network is and does: its endpoints once, then a line for every ten blocks. Told by one thread. */
final class Informant {
    private static final int BATCH = 10;

    private final Console console;
    private final Map<String, Integer> seen = new TreeMap<>();
    private long epoch;

    Informant(Console console) {
        this.console = console;
    }

    void ready(NetworkInfo info, double seconds) {
        console.say("network   " + info.name() + ", genesis " + info.genesis());
        console.say("rpc       " + info.rpc());
        console.say("gateway   " + info.gateway() + "/ipfs/{cid}");
        console.say("api       " + info.api() + "/api/v1/node");
        console.say("data      " + info.dataDir());
        console.say(
                "nodes     " + info.nodes().stream().map(NetworkInfo.Node::name).collect(Collectors.joining(", ")));
        console.say("accounts  "
                + info.accounts().stream()
                        .map(account -> account.name() + " " + account.address())
                        .collect(Collectors.joining("\n          ")));
        console.say(String.format("ready in %.1f s", seconds));
        console.next("stella put FILE");
    }

    void block(Block block) {
        for (Event event : block.events()) count(event);
        if (block.number() % BATCH != 0) return;
        String what = seen.isEmpty()
                ? "quiet"
                : seen.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", "));
        String hash = block.hash().toString();
        console.say(String.format(
                "#%-6d %s…%s  epoch %-4d %s", block.number(), hash.substring(0, 8), hash.substring(62), epoch, what));
        seen.clear();
    }

    private void count(Event event) {
        switch (event) {
            case Event.EpochStarted started -> epoch = started.epoch();
            case Event.StorageRequested _ -> add("requests");
            case Event.DealAccepted _ -> add("deals accepted");
            case Event.DealActivated _ -> add("deals active");
            case Event.ProofAccepted _ -> add("proofs");
            case Event.ProofRejected _ -> add("proofs rejected");
            case Event.Fault _ -> add("faults");
            case Event.DealEnded _ -> add("deals ended");
            case Event.VerdictsRevealed _ -> add("reveals");
            case Event.ReputationAdopted adopted when adopted.changes() > 0 -> add("reputations adopted");
            case Event.StandingChanged _ -> add("standings changed");
            default -> {} // an open set on purpose: the rest is no news to a person
        }
    }

    private void add(String what) {
        seen.merge(what, 1, Integer::sum);
    }
}
