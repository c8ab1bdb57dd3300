package stella.roles.fakes;

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import stella.protocol.AccountId;
import stella.protocol.chain.Call;
import stella.protocol.deal.Decline;
import stella.roles.store.Store;

/** A Store that introduces itself; what becomes of its offers is up to the test. */
public final class FakeStore {
    private final AccountId account;
    private final FakeChain chain;
    private final TestProbe<Store.Offer> offers;
    private final ActorRef<Store.Command> ref;

    public FakeStore(ActorTestKit kit, FakeChain chain, AccountId account) {
        this.account = account;
        this.chain = chain;
        this.offers = kit.createTestProbe(Store.Offer.class);
        this.ref = kit.spawn(behavior(account, offers.getRef()));
    }

    private static Behavior<Store.Command> behavior(AccountId account, ActorRef<Store.Offer> offers) {
        return Behaviors.setup(context -> {
            context.getSystem().receptionist().tell(Receptionist.register(Store.SERVICE, context.getSelf()));
            return Behaviors.receiveMessage(message -> {
                if (message instanceof Store.Identify(ActorRef<Store.Identity> replyTo))
                    replyTo.tell(new Store.Identity(account, context.getSelf()));
                if (message instanceof Store.Offer offer) offers.tell(offer);
                return Behaviors.same();
            });
        });
    }

    public ActorRef<Store.Command> ref() {
        return ref;
    }

    public AccountId account() {
        return account;
    }

    public Store.Offer awaitOffer() {
        return offers.receiveMessage();
    }

    /** Accepts on chain, which takes one block; the number of the deal. */
    public long accept(Store.Offer offer) {
        chain.ledgerOf(account)
                .submit("accept/" + offer.request(), new Call.AcceptDeal(offer.request(), Samples.PRICE));
        chain.awaitSubmitted(Call.AcceptDeal.class);
        chain.mine();
        return chain.dealOf(offer.request(), account).id();
    }

    public void sayTaken(Store.Offer offer, long deal) {
        offer.replyTo().tell(new Store.DealTaken(offer.request(), account, deal, Samples.PRICE));
    }

    public void decline(Store.Offer offer) {
        Decline reason = new Decline.NoSpace(4096, 0);
        offer.replyTo().tell(new Store.DealDeclined(offer.request(), account, reason));
    }

    public void progress(Store.Offer offer, long received) {
        offer.replyTo().tell(new Store.TransferStatus(offer.request(), account, received, Samples.DATA.length));
    }
}
