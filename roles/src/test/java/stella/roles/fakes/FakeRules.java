package stella.roles.fakes;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stella.protocol.AccountId;
import stella.protocol.Hash;
import stella.protocol.chain.Call;
import stella.protocol.chain.Constants;
import stella.protocol.chain.Event;
import stella.protocol.deal.Credits;
import stella.protocol.deal.Deal;
import stella.protocol.deal.DealState;
import stella.protocol.deal.Pricing;
import stella.protocol.deal.Request;
import stella.protocol.deal.RequestState;
import stella.protocol.deal.StorageRequest;
import stella.protocol.possession.Challenges;
import stella.protocol.possession.PossessionProof;

/** What the pallet does with calls and deadlines, as far as Stores and clients see it. */
final class FakeRules {
    private static final Constants CONSTANTS = Samples.CONSTANTS;

    private final FakeChain chain;

    FakeRules(FakeChain chain) {
        this.chain = chain;
    }

    long open(AccountId client, StorageRequest terms) {
        long id = chain.requests.size() + 100L;
        chain.requests.put(
                id,
                new Request(
                        id,
                        client,
                        terms,
                        RequestState.OPEN,
                        terms.replicas(),
                        0,
                        BigInteger.ZERO,
                        chain.height(),
                        chain.height() + CONSTANTS.requestTtl()));
        return id;
    }

    /** Carries a call out and adds what it causes; an error instead when the pallet would refuse it. */
    Optional<String> apply(AccountId account, Call call, long block, List<Event> events) {
        return switch (call) {
            case Call.TopUpCredits(BigInteger amount) -> {
                Credits before = chain.credits.getOrDefault(account, Credits.NONE);
                chain.credits.put(account, new Credits(before.free().add(amount), before.reserved()));
                events.add(new Event.CreditsToppedUp(account, amount));
                yield Optional.empty();
            }
            case Call.RequestStorage(StorageRequest terms) -> {
                long id = open(account, terms);
                events.add(new Event.StorageRequested(
                        id,
                        account,
                        terms.content(),
                        terms.piece(),
                        terms.replicas(),
                        terms.periods(),
                        terms.priceMax()));
                yield Optional.empty();
            }
            case Call.CancelRequest(long id) -> cancel(id, events);
            case Call.AcceptDeal(long id, BigInteger price) -> accept(account, id, price, block, events);
            case Call.SubmitProof(long id, PossessionProof proof) -> prove(account, id, proof, block, events);
            default -> Optional.of("NotOfThisTest");
        };
    }

    private Optional<String> cancel(long id, List<Event> events) {
        Request request = chain.requests.get(id);
        if (request == null) return Optional.of("NoSuchRequest");
        if (request.state() != RequestState.OPEN) return Optional.of("RequestNotOpen");
        put(request, RequestState.CANCELLED, 0, request.live());
        events.add(new Event.RequestCancelled(id, BigInteger.ZERO));
        return Optional.empty();
    }

    private Optional<String> accept(AccountId store, long id, BigInteger price, long block, List<Event> events) {
        Request request = chain.requests.get(id);
        if (request == null) return Optional.of("NoSuchRequest");
        if (request.state() != RequestState.OPEN) return Optional.of("RequestNotOpen");
        if (chain.deals.values().stream()
                .anyMatch(d -> d.request() == id
                        && d.store().equals(store)
                        && d.state().isLive())) return Optional.of("AlreadyReplica");
        StorageRequest terms = request.terms();
        Deal deal = new Deal(
                chain.deals.size() + 500L,
                id,
                request.client(),
                store,
                terms.content(),
                terms.piece(),
                Pricing.perPeriod(price, terms.piece()),
                terms.periods(),
                terms.tier(),
                DealState.ACCEPTED,
                block,
                Optional.empty(),
                0,
                false,
                0,
                0,
                0,
                BigInteger.ONE,
                BigInteger.ONE,
                block + CONSTANTS.activationTimeout());
        chain.deals.put(deal.id(), deal);
        int open = request.open() - 1;
        put(request, open == 0 ? RequestState.FILLED : RequestState.OPEN, open, request.live() + 1);
        events.add(new Event.DealAccepted(deal.id(), id, store, deal.client(), deal.price()));
        return Optional.empty();
    }

    private void put(Request r, RequestState state, int open, int live) {
        chain.requests.put(
                r.id(),
                new Request(
                        r.id(), r.client(), r.terms(), state, open, live, r.reserved(), r.createdAt(), r.expiresAt()));
    }

    private Optional<String> prove(AccountId store, long id, PossessionProof proof, long block, List<Event> events) {
        Deal deal = chain.deals.get(id);
        if (deal == null) return Optional.of("NoSuchDeal");
        if (!deal.store().equals(store)) return Optional.of("NotTheStore");
        if (!deal.state().isLive()) return Optional.of("DealOver");
        boolean first = deal.state() == DealState.ACCEPTED;
        long closes = deal.deadline();
        long opens = first ? deal.acceptedAt() + 1 : closes - CONSTANTS.provingWindow();
        if (block < opens || block >= closes) return Optional.of("OutsideWindow");
        if (deal.proven()) return Optional.of("AlreadyProven");
        Hash seed = FakeChain.seed(opens);
        if (!seed.equals(proof.seed())) return Optional.of("StaleSeed");
        List<Long> asked = Challenges.of(seed, id, deal.piece(), CONSTANTS.challengesPerProof());
        if (proof.answers().size() != asked.size()) return Optional.of("MalformedProof");
        for (int i = 0; i < asked.size(); i++)
            if (proof.answers().get(i).index() != asked.get(i)
                    || !proof.answers().get(i).leadsTo(deal.piece())) {
                events.add(new Event.ProofRejected(id, store, deal.period()));
                end(deal, DealState.TERMINATED, events);
                return Optional.empty();
            }
        if (first) {
            activate(id, block);
            events.add(new Event.DealActivated(id, block));
        } else {
            chain.deals.put(id, with(deal, deal.state(), deal.activatedAt(), deal.period(), true, deal.deadline()));
            events.add(new Event.ProofAccepted(id, store, deal.period(), deal.price()));
        }
        return Optional.empty();
    }

    void activate(long id, long block) {
        Deal deal = chain.deal(id);
        long end = block + CONSTANTS.provingPeriod();
        chain.deals.put(id, with(deal, DealState.ACTIVE, Optional.of(block), 0, false, end));
    }

    /** Lets every deadline of {@code block} act. */
    List<Event> settle(long block) {
        List<Event> events = new ArrayList<>();
        for (Request request : List.copyOf(chain.requests.values()))
            if (request.state() == RequestState.OPEN && request.expiresAt() <= block) {
                put(request, RequestState.EXPIRED, 0, request.live());
                events.add(new Event.RequestExpired(request.id(), BigInteger.ZERO));
            }
        for (Deal deal : List.copyOf(chain.deals.values())) {
            if (!deal.state().isLive() || deal.deadline() > block) continue;
            if (deal.state() == DealState.ACCEPTED) {
                end(deal, DealState.LAPSED, events);
                continue;
            }
            if (!deal.proven()) events.add(new Event.Fault(deal.id(), deal.store(), deal.period(), BigInteger.ONE, 1));
            long period = deal.period() + 1;
            if (period == deal.periods()) end(deal, DealState.COMPLETED, events);
            else
                chain.deals.put(
                        deal.id(),
                        with(
                                deal,
                                deal.state(),
                                deal.activatedAt(),
                                period,
                                false,
                                deal.deadline() + CONSTANTS.provingPeriod()));
        }
        return events;
    }

    private void end(Deal deal, DealState outcome, List<Event> events) {
        chain.deals.put(
                deal.id(), with(deal, outcome, deal.activatedAt(), deal.period(), deal.proven(), deal.deadline()));
        events.add(new Event.DealEnded(deal.id(), deal.store(), outcome, BigInteger.ZERO, BigInteger.ZERO));
        Request request = chain.requests.get(deal.request());
        if (request != null && outcome == DealState.LAPSED)
            put(request, RequestState.OPEN, request.open() + 1, request.live() - 1);
    }

    private static Deal with(
            Deal d, DealState state, Optional<Long> activatedAt, long period, boolean proven, long deadline) {
        return new Deal(
                d.id(),
                d.request(),
                d.client(),
                d.store(),
                d.content(),
                d.piece(),
                d.price(),
                d.periods(),
                d.tier(),
                state,
                d.acceptedAt(),
                activatedAt,
                period,
                proven,
                d.paidPeriods(),
                d.faults(),
                d.faultsInRow(),
                d.collateral(),
                d.reserved(),
                deadline);
    }
}
