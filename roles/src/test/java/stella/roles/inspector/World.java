package stella.roles.inspector;

import static stella.roles.inspector.FakeChain.account;
import static stella.roles.inspector.FakeChain.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stella.protocol.AccountId;
import stella.protocol.role.Role;

/** A chain, nodes, and the Inspectors 1 to n of which the first three are anchors. */
final class World {
    final FakeChain chain = new FakeChain();
    final FakeNodes nodes = new FakeNodes();
    final List<Desk> desks = new ArrayList<>();
    private long deals;

    World(int inspectors) {
        chain.anchors(List.of(account(1), account(2), account(3)));
        for (int i = 1; i <= inspectors; i++) inspector(i);
    }

    Desk inspector(int number) {
        chain.register(Role.INSPECTOR, account(number), Optional.empty());
        Desk desk = new Desk(chain, account(number), nodes);
        desks.add(desk);
        return desk;
    }

    /** A Store that serves two contents it has deals for. */
    AccountId store(int number) {
        AccountId store = account(number);
        chain.register(Role.STORE, store, Optional.empty());
        List<Content> contents = List.of(Content.random(deals), Content.random(deals + 1));
        nodes.serve(endpoint(store), contents);
        for (Content content : contents) chain.deal(deals++, store, content);
        return store;
    }

    /** A Fetch that relays, and serves nothing by itself. */
    AccountId relay(int number) {
        AccountId fetch = account(number);
        chain.register(Role.FETCH, fetch, Optional.empty());
        nodes.gateway(endpoint(fetch), fetch);
        return fetch;
    }

    void epochs(long count) {
        blocks(count * FakeChain.EPOCH);
    }

    void blocks(long count) {
        for (long i = 0; i < count; i++) {
            chain.advance();
            desks.forEach(Desk::work);
        }
    }
}
