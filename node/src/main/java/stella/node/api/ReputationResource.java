package stella.node.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;
import stella.gateway.keys.Ss58;
import stella.node.api.document.ErrorCode;
import stella.node.api.document.ReputationDetail;
import stella.node.api.document.ReputationHistory;
import stella.node.api.document.ReputationPage;
import stella.node.api.document.ReputationView;
import stella.node.api.document.ReputationWhy;
import stella.protocol.AccountId;
import stella.protocol.Hash;
import stella.protocol.chain.Block;
import stella.protocol.inspection.HardEvidence;
import stella.protocol.inspection.Outcome;
import stella.protocol.inspection.Verdict;
import stella.protocol.role.ReputationEntry;
import stella.protocol.role.Role;
import stella.protocol.role.RoleEntry;
import stella.protocol.role.RoleId;
import stella.protocol.role.Standing;
import stella.roles.Ledger;
import stella.roles.inspector.ReputationAnswer;

/**
 * {@code reputation} and {@code reputation/{name or address}}: what the chain adopted, and the evidence that it still has; below it
 * {@code why}, {@code history} and {@code evidence/{name}}: what an Inspector of this program says about it (RE-6).
 */
final class ReputationResource implements Resource {
    /** The chain keeps the reports of four epochs before the current one. */
    private static final int EPOCHS_KEPT = 4;

    private static final ReputationEntry NEWCOMER = new ReputationEntry(0, Standing.PROBATION, 0, 0);

    private final Finalized finalized;
    private final Ledger ledger;
    private final Names names;
    private final Network network;
    private final ReputationWords words;

    ReputationResource(Finalized finalized, Network network, Names names) {
        this.finalized = finalized;
        this.network = network;
        this.ledger = network.ledger();
        this.names = names;
        this.words = new ReputationWords(names);
    }

    /** Reports about all nodes in one epoch, by Inspector. */
    private record EpochReports(long epoch, Map<AccountId, List<Verdict>> byInspector) {}

    @Override
    public HttpResponse answer(Exchange exchange, List<String> rest) {
        if (!exchange.isRead()) throw Resource.notAllowed(exchange, "GET and HEAD");
        return switch (rest.size()) {
            case 0 -> page();
            case 1 -> detail(rest.getFirst());
            case 2 -> more(rest.getFirst(), rest.getLast());
            case 3 -> evidence(rest);
            default -> throw noSuchPath();
        };
    }

    private static ApiException noSuchPath() {
        return Resource.noSuchPath(
                "reputation, reputation/{name or address} and below it why, history and evidence/{name of evidence}");
    }

    private HttpResponse more(String node, String what) {
        RoleId id = idOf(node);
        return switch (what) {
            case "why" -> Answers.ok(why(id, Await.inspector(network.explain(id))));
            case "history" -> Answers.ok(history(id, Await.inspector(network.history(id))));
            default -> throw noSuchPath();
        };
    }

    private ReputationWhy why(RoleId id, ReputationAnswer.Explanation explained) {
        return new ReputationWhy(
                id.role().word(),
                Names.address(id.account()),
                names.name(id.account()),
                words.of(explained.sentences()),
                words.of(explained.warning()),
                explained.evidence().stream()
                        .map(one -> new ReputationWhy.Evidence(one.name().toString(), one.epoch()))
                        .toList());
    }

    private ReputationHistory history(RoleId id, ReputationAnswer.Past past) {
        return new ReputationHistory(
                id.role().word(),
                Names.address(id.account()),
                names.name(id.account()),
                past.changes().stream()
                        .map(change -> new ReputationHistory.Change(
                                change.epoch(),
                                change.why(),
                                change.before().word(),
                                change.after().word(),
                                change.scoreBeforePpm(),
                                change.scoreAfterPpm()))
                        .toList());
    }

    /** The text as it is, so that its digest can be checked by anybody. */
    private HttpResponse evidence(List<String> rest) {
        if (!rest.get(1).equals("evidence")) throw noSuchPath();
        return Await.inspector(network.explain(idOf(rest.getFirst()))).evidence().stream()
                .filter(one -> one.name().toString().equals(rest.getLast()))
                .findFirst()
                .map(one -> Answers.text(one.text()))
                .orElseThrow(() -> new ApiException(
                        ErrorCode.NO_SUCH_EVIDENCE,
                        "no evidence of that name is remembered about '" + rest.getFirst() + "'",
                        "names are listed by reputation/" + rest.getFirst() + "/why"));
    }

    private RoleId idOf(String node) {
        RoleEntry role = roleOf(node, finalized.head());
        return new RoleId(role.role(), role.account());
    }

    private HttpResponse page() {
        Block head = finalized.head();
        List<EpochReports> reports = reports(head);
        var reputation = Await.chain(ledger.reputation(head.hash()));
        List<ReputationView> views = Await.chain(ledger.roles(head.hash())).stream()
                .map(role -> view(role, reputation, reports))
                .sorted(Comparator.comparingInt(ReputationResource::roleOrder)
                        .thenComparing(ReputationResource::wordOf, NaturalOrder.INSTANCE))
                .toList();
        return Answers.ok(new ReputationPage(views, finalized.epoch(head), head.number()));
    }

    private HttpResponse detail(String node) {
        Block head = finalized.head();
        List<EpochReports> reports = reports(head);
        RoleEntry role = roleOf(node, head);
        ReputationView view = view(role, Await.chain(ledger.reputation(head.hash())), reports);
        return Answers.ok(
                new ReputationDetail(view, reportsAbout(role, reports), hardRecords(role, head), head.number()));
    }

    private RoleEntry roleOf(String node, Block head) {
        return Await.chain(ledger.roles(head.hash())).stream()
                .filter(entry -> isCalled(entry, node))
                .findFirst()
                .orElseThrow(() -> new ApiException(
                        ErrorCode.NO_SUCH_NODE,
                        "no registered node is called '" + node + "'",
                        "see `stella reputation ls`"));
    }

    private boolean isCalled(RoleEntry entry, String node) {
        if (node.equals(names.name(entry.account()))) return true;
        try {
            return Ss58.decode(node).account().equals(entry.account());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private List<EpochReports> reports(Block head) {
        long current = finalized.epoch(head);
        List<EpochReports> all = new ArrayList<>();
        for (long epoch = Math.max(0, current - EPOCHS_KEPT); epoch < current; epoch++)
            all.add(new EpochReports(epoch, Await.chain(ledger.reveals(epoch, head.hash()))));
        return all;
    }

    private ReputationView view(
            RoleEntry role, Map<Ledger.Node, ReputationEntry> reputation, List<EpochReports> reports) {
        @Nullable ReputationEntry adopted = reputation.get(new Ledger.Node(role.role(), role.account()));
        ReputationEntry entry = adopted == null ? NEWCOMER : adopted;
        List<ReputationDetail.Report> own = reportsAbout(role, reports);
        Set<List<Long>> items = new HashSet<>();
        for (ReputationDetail.Report report : own) items.add(List.of(report.epoch(), (long) report.item()));
        long failed =
                own.stream().filter(report -> !report.outcome().equals("Ok")).count();
        return new ReputationView(
                role.role().word(),
                Names.address(role.account()),
                names.name(role.account()),
                entry.scorePpm(),
                entry.standing().word(),
                entry.weightPpm(),
                adopted == null ? null : adopted.epoch(),
                items.size(),
                own.size(),
                failed);
    }

    private List<ReputationDetail.Report> reportsAbout(RoleEntry subject, List<EpochReports> reports) {
        List<ReputationDetail.Report> found = new ArrayList<>();
        for (EpochReports epoch : reports) {
            SortedMap<AccountId, List<Verdict>> inOrder = new TreeMap<>(epoch.byInspector());
            inOrder.forEach((inspector, verdicts) -> {
                for (Verdict verdict : verdicts)
                    if (verdict.role() == subject.role() && verdict.subject().equals(subject.account()))
                        found.add(new ReputationDetail.Report(
                                epoch.epoch(),
                                Names.address(inspector),
                                names.name(inspector),
                                verdict.item(),
                                word(verdict.outcome())));
            });
        }
        return found;
    }

    private List<ReputationDetail.HardRecord> hardRecords(RoleEntry role, Block head) {
        if (role.role() != Role.STORE) return List.of();
        long current = finalized.epoch(head);
        List<ReputationDetail.HardRecord> records = new ArrayList<>();
        for (long epoch = Math.max(0, current - EPOCHS_KEPT); epoch <= current; epoch++) {
            @Nullable HardEvidence evidence = hardRecords(epoch, head.hash()).get(role.account());
            if (evidence != null) records.add(new ReputationDetail.HardRecord(epoch, word(evidence)));
        }
        return records;
    }

    private Map<AccountId, HardEvidence> hardRecords(long epoch, Hash at) {
        return Await.chain(ledger.hardRecords(epoch, at));
    }

    private static int roleOrder(ReputationView view) {
        return switch (view.role()) {
            case "Store" -> 0;
            case "Fetch" -> 1;
            default -> 2;
        };
    }

    private static String wordOf(ReputationView view) {
        String name = view.name();
        return name == null ? view.account() : name;
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Ok _ -> "Ok";
            case Outcome.WrongBytes _ -> "WrongBytes";
            case Outcome.Refused _ -> "Refused";
            case Outcome.AskBroken _ -> "AskBroken";
            case Outcome.Unreachable _ -> "Unreachable";
        };
    }

    private static String word(HardEvidence evidence) {
        return switch (evidence) {
            case OK -> "Ok";
            case MISSED -> "Missed";
            case INVALID -> "Invalid";
        };
    }
}
