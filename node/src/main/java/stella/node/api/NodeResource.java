package stella.node.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;
import stella.node.api.document.AppealView;
import stella.node.api.document.ErrorCode;
import stella.node.api.document.NodePage;
import stella.node.api.document.NodePage.RegisteredNode;
import stella.node.fault.Misbehaviour;
import stella.protocol.AccountId;
import stella.protocol.chain.Block;
import stella.protocol.chain.Event;
import stella.protocol.deal.Tier;
import stella.protocol.role.ReputationEntry;
import stella.protocol.role.Role;
import stella.protocol.role.RoleEntry;
import stella.protocol.role.Standing;
import stella.roles.Ledger;

/**
 * {@code nodes}: the registered roles; {@code nodes/{name}/fault} (POST): makes one of a dev network misbehave; {@code
 * nodes/{name}/appeal} (POST): signs an appeal for one of this program's nodes (RE-5).
 */
final class NodeResource implements Resource {
    private static final ReputationEntry NEWCOMER = new ReputationEntry(0, Standing.PROBATION, 0, 0);

    private final Finalized finalized;
    private final Network network;
    private final Names names;
    private final WriteGuard guard;

    NodeResource(Finalized finalized, Network network, Names names, WriteGuard guard) {
        this.finalized = finalized;
        this.network = network;
        this.names = names;
        this.guard = guard;
    }

    @Override
    public HttpResponse answer(Exchange exchange, List<String> rest) {
        if (rest.size() == 2 && rest.get(1).equals("fault")) {
            if (!exchange.method().equals("POST")) throw Resource.notAllowed(exchange, "POST");
            guard.check(exchange);
            return misbehave(rest.getFirst(), exchange.document(Misbehaviour.class));
        }
        if (rest.size() == 2 && rest.get(1).equals("appeal")) {
            if (!exchange.method().equals("POST")) throw Resource.notAllowed(exchange, "POST");
            guard.check(exchange);
            return appeal(rest.getFirst());
        }
        if (!rest.isEmpty()) throw Resource.noSuchPath("nodes, nodes/{name}/fault and nodes/{name}/appeal");
        if (!exchange.isRead()) throw Resource.notAllowed(exchange, "GET and HEAD");
        return page();
    }

    private HttpResponse page() {
        Block head = finalized.head();
        var reputation = Await.chain(network.ledger().reputation(head.hash()));
        List<Network.Alarm> alarms = Await.chain(network.alarms());
        List<RegisteredNode> nodes =
                new ArrayList<>(Await.chain(network.ledger().roles(head.hash())).stream()
                        .map(role -> node(role, reputation, alarms, head))
                        .toList());
        nodes.sort(Comparator.comparing((RegisteredNode node) -> wordOf(node), NaturalOrder.INSTANCE));
        return Answers.ok(new NodePage(nodes, head.number()));
    }

    private RegisteredNode node(
            RoleEntry role, Map<Ledger.Node, ReputationEntry> reputation, List<Network.Alarm> alarms, Block head) {
        ReputationEntry entry = reputation.getOrDefault(new Ledger.Node(role.role(), role.account()), NEWCOMER);
        String word = names.word(role.account());
        return new RegisteredNode(
                names.name(role.account()),
                role.role().word(),
                Names.address(role.account()),
                role.endpoint(),
                role.bond(),
                role.liveDeals(),
                role.leavingSince().orElse(null),
                entry.standing().word(),
                entry.scorePpm(),
                role.role() == Role.STORE ? ask(role.account(), head) : null,
                alarms.stream()
                        .filter(alarm -> alarm.node().equals(word))
                        .map(Network.Alarm::text)
                        .toList());
    }

    private NodePage.@Nullable Ask ask(AccountId store, Block head) {
        return Await.chain(network.ledger().ask(store, head.hash()))
                .map(ask -> new NodePage.Ask(
                        ask.price(),
                        ask.pieceSizeMin(),
                        ask.pieceSizeMax(),
                        ask.periodsMax(),
                        ask.capacity(),
                        ask.tier() == Tier.HOT ? "Hot" : "Filecoin",
                        ask.expiresAt()))
                .orElse(null);
    }

    private HttpResponse misbehave(String node, Misbehaviour how) {
        if (!Await.chain(network.misbehave(node, how)))
            throw new ApiException(
                    ErrorCode.NO_SUCH_NODE, "this program runs no node called '" + node + "'", "see `stella doctor`");
        return Answers.ok(new MisbehavingNode(node, how));
    }

    private HttpResponse appeal(String node) {
        Ledger.Submission outcome = Await.chain(network.appeal(node))
                .orElseThrow(() -> new ApiException(
                        ErrorCode.NO_SUCH_NODE,
                        "this program runs no node called '" + node + "'",
                        "an appeal is signed by the node's own account; see `stella doctor`"));
        return switch (outcome) {
            case Ledger.Submission.Finalized done -> Answers.ok(appealed(node, done));
            case Ledger.Submission.Failed(String error, String text) ->
                throw new ApiException(
                        ErrorCode.REFUSED,
                        "the chain refused the appeal: " + error + ": " + text,
                        "who is suspended may appeal once an epoch; see `stella why " + node + "`");
            case Ledger.Submission.Expired() ->
                throw new ApiException(
                        ErrorCode.CHAIN_UNREACHABLE, "the chain did not take the appeal in time", "try again");
        };
    }

    private AppealView appealed(String node, Ledger.Submission.Finalized done) {
        for (Event event : done.events())
            if (event instanceof Event.Appealed(Role role, var _, long epoch))
                return new AppealView(node, role.word(), epoch, done.block());
        long epoch = done.block() / network.ledger().constants().epochLength();
        return new AppealView(node, "", epoch, done.block());
    }

    /** What a node does from now on. */
    record MisbehavingNode(String node, Misbehaviour misbehaviour) {}

    private static String wordOf(RegisteredNode node) {
        String name = node.name();
        return name == null ? node.account() : name;
    }
}
