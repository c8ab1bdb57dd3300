package stella.roles.inspector;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import stella.protocol.AccountId;
import stella.protocol.Bytes;
import stella.protocol.Digests;
import stella.protocol.Hash;
import stella.protocol.chain.Block;
import stella.protocol.chain.Call;
import stella.protocol.chain.Constants;
import stella.protocol.chain.Event;
import stella.protocol.deal.Ask;
import stella.protocol.deal.Deal;
import stella.protocol.deal.DealState;
import stella.protocol.deal.Tier;
import stella.protocol.inspection.Commitment;
import stella.protocol.inspection.EpochInfo;
import stella.protocol.inspection.HardEvidence;
import stella.protocol.inspection.Outcome;
import stella.protocol.inspection.Question;
import stella.protocol.inspection.Receipt;
import stella.protocol.inspection.Timeline;
import stella.protocol.inspection.Verdict;
import stella.protocol.inspection.VerdictId;
import stella.protocol.role.Appeal;
import stella.protocol.role.Changes;
import stella.protocol.role.ReputationChange;
import stella.protocol.role.ReputationEntry;
import stella.protocol.role.Role;
import stella.protocol.role.RoleEntry;
import stella.protocol.role.RoleId;
import stella.protocol.role.Standing;
import stella.roles.Ledger;

/**
 * The part of the pallet that Inspectors deal with, by the rules of the pallet: phases, commit and reveal, carried changes, quorum.
 *
 * <p>A submitted call is executed in the next block; every block's state can be read for ever. Actors share one chain, so what they
 * reach is under one lock.
 */
final class FakeChain {
    static final long EPOCH = 20;
    static final Constants CONSTANTS = new Constants(
            EPOCH,
            30,
            12,
            5,
            16,
            120,
            60,
            3,
            100_000_000,
            BigInteger.TEN.pow(18),
            60,
            4,
            9,
            EPOCH,
            BigInteger.ONE,
            BigInteger.ONE,
            BigInteger.ONE);
    private static final Timeline TIMELINE = new Timeline(EPOCH);

    /** The storage of a block. Copied for each block, so that old ones stay readable. */
    private static final class Storage {
        final SortedMap<Ledger.Node, RoleEntry> roles = new TreeMap<>();
        final SortedMap<Long, Deal> deals = new TreeMap<>();
        final SortedMap<Ledger.Node, ReputationEntry> reputation = new TreeMap<>();
        final SortedMap<AccountId, Ask> asks = new TreeMap<>();
        final SortedMap<Long, Question> questions = new TreeMap<>();
        final SortedMap<Long, Set<VerdictId>> voided = new TreeMap<>();
        final SortedMap<RoleId, Appeal> appeals = new TreeMap<>();
        final TreeSet<AccountId> anchors = new TreeSet<>();
        final SortedMap<Long, EpochInfo> epochs = new TreeMap<>();
        final SortedMap<Long, SortedMap<AccountId, Hash>> commits = new TreeMap<>();
        final SortedMap<Long, SortedMap<AccountId, List<Verdict>>> reveals = new TreeMap<>();
        final SortedMap<Long, SortedMap<AccountId, HardEvidence>> hard = new TreeMap<>();
        final SortedMap<Long, SortedMap<AccountId, Hash>> attestations = new TreeMap<>();
        final SortedMap<Hash, Changes> carried = new TreeMap<>();
        final SortedMap<Long, Hash> adopted = new TreeMap<>();

        Storage copy() {
            Storage copy = new Storage();
            copy.roles.putAll(roles);
            copy.deals.putAll(deals);
            copy.reputation.putAll(reputation);
            copy.asks.putAll(asks);
            copy.questions.putAll(questions);
            voided.forEach((epoch, set) -> copy.voided.put(epoch, new HashSet<>(set)));
            copy.appeals.putAll(appeals);
            copy.anchors.addAll(anchors);
            copy.epochs.putAll(epochs);
            commits.forEach((epoch, map) -> copy.commits.put(epoch, new TreeMap<>(map)));
            reveals.forEach((epoch, map) -> copy.reveals.put(epoch, new TreeMap<>(map)));
            hard.forEach((epoch, map) -> copy.hard.put(epoch, new TreeMap<>(map)));
            attestations.forEach((epoch, map) -> copy.attestations.put(epoch, new TreeMap<>(map)));
            copy.carried.putAll(carried);
            copy.adopted.putAll(adopted);
            return copy;
        }
    }

    private record Sent(AccountId signer, Call call, CompletableFuture<Ledger.Submission> outcome) {}

    private final List<Storage> blocks = new ArrayList<>();
    private final List<Sent> pool = new ArrayList<>();
    private final SortedMap<String, CompletableFuture<Ledger.Submission>> byKey = new TreeMap<>();
    private final List<Consumer<Block>> followers = new ArrayList<>();
    private Block head = new Block(0, hashOf(0), Hash.ZERO, List.of());
    private final List<Event> events = new ArrayList<>();

    /** Calls that the pallet refused, with the reason. */
    final List<String> refusals = new ArrayList<>();

    /** While true, reads fail. */
    boolean unreachable;

    /** While true, attestations are not taken. */
    boolean attestationsLost;

    FakeChain() {
        blocks.add(new Storage());
    }

    synchronized long height() {
        return blocks.size() - 1L;
    }

    static AccountId account(int number) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) number);
        return AccountId.of(bytes);
    }

    static String endpoint(AccountId account) {
        return "http://node-" + account.bytes().at(0);
    }

    private Storage now() {
        return blocks.getLast();
    }

    void register(Role role, AccountId account, Optional<AccountId> operator) {
        Ledger.Node node = new Ledger.Node(role, account);
        boolean anchor = role == Role.INSPECTOR && now().anchors.contains(account);
        now().roles
                .put(
                        node,
                        new RoleEntry(
                                role,
                                account,
                                BigInteger.ONE,
                                endpoint(account),
                                operator,
                                height(),
                                Optional.empty(),
                                0));
        now().reputation
                .put(
                        node,
                        new ReputationEntry(
                                anchor ? 1_000_000 : 0,
                                anchor ? Standing.TRUSTED : Standing.PROBATION,
                                anchor ? 1_000_000 : 0,
                                0));
    }

    void ask(AccountId store, Ask ask) {
        now().asks.put(store, ask);
    }

    void anchors(Collection<AccountId> accounts) {
        now().anchors.addAll(accounts);
    }

    void move(Role role, AccountId account, String endpoint) {
        events.add(new Event.EndpointUpdated(role, account, endpoint));
    }

    void deal(long id, AccountId store, Content content) {
        now().deals.put(id, deal(id, store, content, DealState.ACTIVE));
    }

    void endDeal(long id) {
        Deal deal = now().deals.get(id);
        if (deal == null) throw new AssertionError("no deal " + id);
        now().deals
                .put(
                        id,
                        new Deal(
                                deal.id(),
                                0,
                                deal.client(),
                                deal.store(),
                                deal.content(),
                                deal.piece(),
                                BigInteger.ONE,
                                10,
                                Tier.HOT,
                                DealState.COMPLETED,
                                0,
                                Optional.of(1L),
                                0,
                                false,
                                0,
                                0,
                                0,
                                BigInteger.ONE,
                                BigInteger.ONE,
                                0));
    }

    private static Deal deal(long id, AccountId store, Content content, DealState state) {
        return new Deal(
                id,
                id,
                account(250),
                store,
                content.root().toBytes(),
                content.piece(),
                BigInteger.ONE,
                10,
                Tier.HOT,
                state,
                0,
                Optional.of(1L),
                0,
                false,
                0,
                0,
                0,
                BigInteger.ONE,
                BigInteger.ONE,
                0);
    }

    void hard(long epoch, AccountId store, HardEvidence evidence) {
        now().hard.computeIfAbsent(epoch, _ -> new TreeMap<>()).put(store, evidence);
    }

    synchronized Map<Ledger.Node, ReputationEntry> reputation() {
        return now().reputation;
    }

    synchronized Optional<Hash> adopted(long epoch) {
        return Optional.ofNullable(now().adopted.get(epoch));
    }

    synchronized Map<AccountId, Hash> attestations(long epoch) {
        return now().attestations.getOrDefault(epoch, new TreeMap<>());
    }

    synchronized Map<AccountId, List<Verdict>> reveals(long epoch) {
        return now().reveals.getOrDefault(epoch, new TreeMap<>());
    }

    /** Makes and finalizes one block. */
    synchronized void advance() {
        long number = blocks.size();
        blocks.add(now().copy());
        long epoch = TIMELINE.epochOf(number);
        if (number == TIMELINE.firstBlock(epoch))
            now().epochs.put(epoch, new EpochInfo(epoch, Digests.blake2b256(Bytes.utf8("seed " + epoch)), number));
        unanswered(number);
        List<Sent> calls = List.copyOf(pool);
        pool.clear();
        List<Runnable> outcomes = new ArrayList<>();
        for (Sent sent : calls) {
            Optional<String> error = execute(sent.signer, sent.call, number);
            error.ifPresent(name -> refusals.add(sent.call.getClass().getSimpleName() + " " + name));
            Ledger.Submission outcome = error.isPresent()
                    ? new Ledger.Submission.Failed(error.get(), "see the pallet")
                    : new Ledger.Submission.Finalized(number, hashOf(number), List.of());
            outcomes.add(() -> sent.outcome.complete(outcome));
        }
        head = new Block(number, hashOf(number), hashOf(number - 1), List.copyOf(events));
        events.clear();
        outcomes.forEach(Runnable::run);
        List.copyOf(followers).forEach(follower -> follower.accept(head));
    }

    /** {@code AnswerWindow}. */
    static final long ANSWER_WINDOW = 5;

    private final Set<String> asked = new HashSet<>();

    /** Questions that found their receipt. */
    final List<Question> answered = new ArrayList<>();

    /** What the pallet does when a question is due and nobody answered. */
    private void unanswered(long number) {
        for (Question question : List.copyOf(now().questions.values())) {
            if (question.deadline() != number) continue;
            now().questions.remove(question.id());
            now().voided.computeIfAbsent(question.epoch(), _ -> new HashSet<>()).add(question.verdict());
            Ledger.Node forger =
                    new Ledger.Node(Role.INSPECTOR, question.verdict().inspector());
            now().reputation.put(forger, new ReputationEntry(0, Standing.DISQUALIFIED, 0, question.epoch()));
        }
    }

    private Optional<String> question(AccountId signer, Call.QuestionVerdict call, long number) {
        long deadline = number + ANSWER_WINDOW;
        if (deadline > TIMELINE.evaluateAt(call.epoch())) return Optional.of("WrongPhase");
        VerdictId verdict = new VerdictId(call.inspector(), call.subject(), call.item());
        Optional<Outcome> outcome = reveals(call.epoch()).getOrDefault(call.inspector(), List.of()).stream()
                .filter(said -> said.subject().equals(call.subject().account()) && said.item() == call.item())
                .map(Verdict::outcome)
                .findFirst();
        if (!(outcome.orElse(null) instanceof Outcome.Ok ok)) return Optional.of("VerdictNotOk");
        if (!asked.add(call.epoch() + " " + verdict)) return Optional.of("AlreadyQuestioned");
        long id = asked.size();
        now().questions
                .put(id, new Question(id, call.epoch(), verdict, ok.receipt(), signer, BigInteger.ONE, deadline));
        events.add(new Event.VerdictQuestioned(
                id, call.epoch(), call.inspector(), call.subject(), call.item(), signer, deadline));
        return Optional.empty();
    }

    private Optional<String> answer(AccountId signer, Call.AnswerQuestion call) {
        Question question = now().questions.get(call.question());
        if (question == null) return Optional.of("NoSuchQuestion");
        if (!question.verdict().inspector().equals(signer)) return Optional.of("NotTheInspector");
        Deal deal = now().deals.get(call.deal());
        EpochInfo info = now().epochs.get(question.epoch());
        if (deal == null || info == null) return Optional.of("ReceiptInvalid");
        long leaf = Receipt.leaf(
                info.seed(),
                signer,
                question.verdict().subject(),
                question.verdict().item(),
                deal.piece());
        boolean valid = Receipt.digest(call.receipt()).equals(question.receipt())
                && call.receipt().index() == leaf
                && call.receipt().leadsTo(deal.piece());
        if (!valid) return Optional.of("ReceiptInvalid");
        now().questions.remove(call.question());
        answered.add(question);
        return Optional.empty();
    }

    synchronized Set<VerdictId> voided(long epoch) {
        return now().voided.getOrDefault(epoch, Set.of());
    }

    synchronized List<Question> questions() {
        return List.copyOf(now().questions.values());
    }

    /** A suspended node asks to be looked at again, in the present epoch. */
    void appeal(RoleId who) {
        long epoch = TIMELINE.epochOf(height());
        now().appeals.put(who, new Appeal(epoch, BigInteger.ONE, height() + 8 * EPOCH));
    }

    private Optional<String> execute(AccountId signer, Call call, long number) {
        ReputationEntry entry = now().reputation.get(new Ledger.Node(Role.INSPECTOR, signer));
        if (entry == null || !entry.standing().isActive()) return Optional.of("NotInGoodStanding");
        return switch (call) {
            case Call.CommitVerdicts(long epoch, Hash hash) -> {
                if (!TIMELINE.commit(epoch).contains(number)) yield Optional.of("WrongPhase");
                boolean twice = now().commits
                                .computeIfAbsent(epoch, _ -> new TreeMap<>())
                                .putIfAbsent(signer, hash)
                        != null;
                yield twice ? Optional.of("AlreadyCommitted") : Optional.empty();
            }
            case Call.RevealVerdicts(long epoch, Hash salt, List<Verdict> verdicts) -> {
                if (!TIMELINE.reveal(epoch).contains(number)) yield Optional.of("WrongPhase");
                Hash commit = now().commits.getOrDefault(epoch, new TreeMap<>()).get(signer);
                if (commit == null) yield Optional.of("NoCommit");
                if (!Commitment.of(verdicts, salt).equals(commit)) yield Optional.of("CommitMismatch");
                boolean twice = now().reveals
                                .computeIfAbsent(epoch, _ -> new TreeMap<>())
                                .putIfAbsent(signer, verdicts)
                        != null;
                yield twice ? Optional.of("AlreadyRevealed") : Optional.empty();
            }
            case Call.AttestReputation(long epoch, Hash digest, Optional<Changes> changes) ->
                attest(signer, epoch, digest, changes, number);
            case Call.QuestionVerdict question -> question(signer, question, number);
            case Call.AnswerQuestion answer -> answer(signer, answer);
            default -> throw new AssertionError("an Inspector does not call " + call);
        };
    }

    private Optional<String> attest(AccountId signer, long epoch, Hash digest, Optional<Changes> changes, long number) {
        if (attestationsLost) return Optional.of("Lost");
        if (!TIMELINE.attest(epoch).contains(number)) return Optional.of("WrongPhase");
        if (adopted(epoch).filter(known -> !known.equals(digest)).isPresent()) return Optional.of("AlreadyAdopted");
        if (changes.isEmpty() && !now().carried.containsKey(digest)) return Optional.of("ChangesMissing");
        if (changes.isPresent() && !Commitment.of(changes.get()).equals(digest)) return Optional.of("ChangesMismatch");
        changes.ifPresent(all -> now().carried.put(digest, all));
        SortedMap<AccountId, Hash> said = now().attestations.computeIfAbsent(epoch, _ -> new TreeMap<>());
        if (said.putIfAbsent(signer, digest) != null) return Optional.of("AlreadyAttested");
        events.add(new Event.ReputationAttested(epoch, signer, digest));
        long total = 0;
        long behind = 0;
        for (Ledger.Node node : now().roles.keySet()) {
            ReputationEntry entry = now().reputation.get(node);
            if (node.role() != Role.INSPECTOR
                    || entry == null
                    || !entry.standing().isActive()) continue;
            total += entry.weightPpm();
            if (digest.equals(said.get(node.account()))) behind += entry.weightPpm();
        }
        if (adopted(epoch).isEmpty() && 3 * behind > 2 * total) adopt(epoch, digest);
        return Optional.empty();
    }

    private void adopt(long epoch, Hash digest) {
        now().adopted.put(epoch, digest);
        Changes changes = now().carried.get(digest);
        if (changes == null) throw new AssertionError("nothing is carried for " + digest);
        for (ReputationChange change : changes.entries())
            now().reputation
                    .put(
                            new Ledger.Node(change.role(), change.account()),
                            new ReputationEntry(change.scorePpm(), change.standing(), change.weightPpm(), epoch));
    }

    private static Hash hashOf(long number) {
        return Digests.blake2b256(Bytes.utf8("block " + number));
    }

    synchronized Block head() {
        return head;
    }

    Ledger ledgerOf(AccountId account) {
        return new View(account);
    }

    private final class View extends UnusedLedger {
        private final AccountId account;

        View(AccountId account) {
            this.account = account;
        }

        @Override
        public AccountId account() {
            return account;
        }

        @Override
        public Constants constants() {
            return CONSTANTS;
        }

        @Override
        public Following follow(Consumer<Block> listener) {
            synchronized (FakeChain.this) {
                followers.add(listener);
                listener.accept(head);
            }
            return () -> {
                synchronized (FakeChain.this) {
                    followers.remove(listener);
                }
            };
        }

        private <T> CompletionStage<T> read(Hash at, java.util.function.Function<Storage, T> what) {
            synchronized (FakeChain.this) {
                if (unreachable) return CompletableFuture.failedStage(new Unavailable("the chain is not there"));
                for (int number = 0; number < blocks.size(); number++)
                    if (hashOf(number).equals(at))
                        return CompletableFuture.completedStage(what.apply(blocks.get(number)));
                return CompletableFuture.failedStage(new Unavailable("no block " + at));
            }
        }

        @Override
        public CompletionStage<Optional<Hash>> blockHash(long number) {
            return CompletableFuture.completedStage(
                    number <= height() ? Optional.of(hashOf(number)) : Optional.empty());
        }

        @Override
        public CompletionStage<List<RoleEntry>> roles(Hash at) {
            return read(at, storage -> List.copyOf(storage.roles.values()));
        }

        @Override
        public CompletionStage<Optional<Ask>> ask(AccountId store, Hash at) {
            return read(at, storage -> Optional.ofNullable(storage.asks.get(store)));
        }

        @Override
        public CompletionStage<Optional<Deal>> deal(long id, Hash at) {
            return read(at, storage -> Optional.ofNullable(storage.deals.get(id)));
        }

        @Override
        public CompletionStage<List<Deal>> liveDeals(Hash at) {
            return read(
                    at,
                    storage -> storage.deals.values().stream()
                            .filter(deal -> deal.state().isLive())
                            .toList());
        }

        @Override
        public CompletionStage<Optional<EpochInfo>> epoch(long epoch, Hash at) {
            return read(at, storage -> Optional.ofNullable(storage.epochs.get(epoch)));
        }

        @Override
        public CompletionStage<Map<Node, ReputationEntry>> reputation(Hash at) {
            return read(at, storage -> new TreeMap<>(storage.reputation));
        }

        @Override
        public CompletionStage<List<AccountId>> anchors(Hash at) {
            return read(at, storage -> List.copyOf(storage.anchors));
        }

        @Override
        public CompletionStage<Map<AccountId, List<Verdict>>> reveals(long epoch, Hash at) {
            return read(at, storage -> new TreeMap<>(storage.reveals.getOrDefault(epoch, new TreeMap<>())));
        }

        @Override
        public CompletionStage<Map<AccountId, HardEvidence>> hardRecords(long epoch, Hash at) {
            return read(at, storage -> new TreeMap<>(storage.hard.getOrDefault(epoch, new TreeMap<>())));
        }

        @Override
        public CompletionStage<Optional<Hash>> adopted(long epoch, Hash at) {
            return read(at, storage -> Optional.ofNullable(storage.adopted.get(epoch)));
        }

        @Override
        public CompletionStage<List<Question>> questions(Hash at) {
            return read(at, storage -> List.copyOf(storage.questions.values()));
        }

        @Override
        public CompletionStage<Set<VerdictId>> voided(long epoch, Hash at) {
            return read(at, storage -> Set.copyOf(storage.voided.getOrDefault(epoch, Set.of())));
        }

        @Override
        public CompletionStage<Map<RoleId, Appeal>> appeals(Hash at) {
            return read(at, storage -> new TreeMap<>(storage.appeals));
        }

        @Override
        public CompletionStage<Submission> submit(String key, Call call) {
            synchronized (FakeChain.this) {
                return byKey.computeIfAbsent(account + "/" + key, _ -> {
                    CompletableFuture<Submission> outcome = new CompletableFuture<>();
                    pool.add(new Sent(account, call, outcome));
                    return outcome;
                });
            }
        }
    }
}
