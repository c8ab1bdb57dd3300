package stella.roles.fakes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import stella.protocol.AccountId;
import stella.protocol.Hash;
import stella.protocol.chain.Block;
import stella.protocol.chain.Call;
import stella.protocol.chain.Constants;
import stella.protocol.deal.Ask;
import stella.protocol.deal.Credits;
import stella.protocol.deal.Deal;
import stella.protocol.deal.Request;
import stella.protocol.inspection.EpochInfo;
import stella.protocol.inspection.HardEvidence;
import stella.protocol.inspection.Question;
import stella.protocol.inspection.Verdict;
import stella.protocol.inspection.VerdictId;
import stella.protocol.role.Appeal;
import stella.protocol.role.ReputationEntry;
import stella.protocol.role.RoleEntry;
import stella.protocol.role.RoleId;
import stella.roles.Ledger;

/** {@link FakeChain} as one account sees it. Readings answer with the present state, whatever block is named. */
public final class FakeLedger implements Ledger {
    private final FakeChain chain;
    private final AccountId account;

    FakeLedger(FakeChain chain, AccountId account) {
        this.chain = chain;
        this.account = account;
    }

    @Override
    public AccountId account() {
        return account;
    }

    @Override
    public Hash genesis() {
        return FakeChain.hash(0);
    }

    @Override
    public Constants constants() {
        return Samples.CONSTANTS;
    }

    @Override
    public Following follow(Consumer<Block> listener) {
        chain.follow(listener);
        return () -> chain.unfollow(listener);
    }

    @Override
    public CompletionStage<Optional<Hash>> blockHash(long number) {
        return chain.read(() -> Optional.of(FakeChain.hash(number)));
    }

    @Override
    public CompletionStage<List<RoleEntry>> roles(Hash at) {
        return chain.read(() -> new ArrayList<>(chain.stores.values()));
    }

    @Override
    public CompletionStage<Optional<Ask>> ask(AccountId store, Hash at) {
        return chain.read(() -> Optional.ofNullable(chain.asks.get(store)));
    }

    @Override
    public CompletionStage<Optional<Request>> request(long id, Hash at) {
        return chain.read(() -> Optional.ofNullable(chain.requests.get(id)));
    }

    @Override
    public CompletionStage<Optional<Deal>> deal(long id, Hash at) {
        return chain.read(() -> Optional.ofNullable(chain.deals.get(id)));
    }

    @Override
    public CompletionStage<List<Deal>> liveDeals(Hash at) {
        return chain.read(() -> chain.deals.values().stream()
                .filter(deal -> deal.state().isLive())
                .toList());
    }

    @Override
    public CompletionStage<Credits> credits(AccountId owner, Hash at) {
        return chain.read(() -> chain.credits.getOrDefault(owner, Credits.NONE));
    }

    @Override
    public CompletionStage<Optional<Hash>> seed(long number, Hash at) {
        return chain.read(() -> number <= chain.height() ? Optional.of(FakeChain.seed(number)) : Optional.empty());
    }

    @Override
    public CompletionStage<Map<Node, ReputationEntry>> reputation(Hash at) {
        return chain.read(() -> Map.copyOf(chain.reputation));
    }

    @Override
    public CompletionStage<Submission> submit(String key, Call call) {
        return chain.submit(account, key, call);
    }

    @Override
    public CompletionStage<Optional<EpochInfo>> epoch(long epoch, Hash at) {
        throw notOfThisModule();
    }

    @Override
    public CompletionStage<List<AccountId>> anchors(Hash at) {
        throw notOfThisModule();
    }

    @Override
    public CompletionStage<Map<AccountId, List<Verdict>>> reveals(long epoch, Hash at) {
        throw notOfThisModule();
    }

    @Override
    public CompletionStage<Map<AccountId, HardEvidence>> hardRecords(long epoch, Hash at) {
        throw notOfThisModule();
    }

    @Override
    public CompletionStage<List<Question>> questions(Hash at) {
        throw notOfThisModule();
    }

    @Override
    public CompletionStage<Set<VerdictId>> voided(long epoch, Hash at) {
        throw notOfThisModule();
    }

    @Override
    public CompletionStage<Map<RoleId, Appeal>> appeals(Hash at) {
        throw notOfThisModule();
    }

    @Override
    public CompletionStage<Optional<Hash>> adopted(long epoch, Hash at) {
        throw notOfThisModule();
    }

    private static UnsupportedOperationException notOfThisModule() {
        return new UnsupportedOperationException("Store, Fetch and Placement read nothing of inspections");
    }
}
