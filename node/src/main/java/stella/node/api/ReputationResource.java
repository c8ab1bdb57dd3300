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
import stella.node.api.document.ReputationPage;
import stella.node.api.document.ReputationView;
import stella.protocol.AccountId;
import stella.protocol.Hash;
import stella.protocol.chain.Block;
import stella.protocol.inspection.HardEvidence;
import stella.protocol.inspection.Outcome;
import stella.protocol.inspection.Verdict;
import stella.protocol.role.ReputationEntry;
import stella.protocol.role.Role;
import stella.protocol.role.RoleEntry;
import stella.protocol.role.Standing;
import stella.roles.Ledger;

/** {@code reputation} and {@code reputation/{name or address}}: what the chain adopted, and the evidence that it still has. */
final class ReputationResource implements Resource {
    /** The chain keeps the reports of four epochs before the current one. */
    private static final int EPOCHS_KEPT = 4;

    private static final ReputationEntry NEWCOMER = new ReputationEntry(0, Standing.PROBATION, 0, 0);

    private final Finalized finalized;
    private final Ledger ledger;
    private final Names names;

    ReputationResource(Finalized finalized, Ledger ledger, Names names) {
        this.finalized = finalized;
        this.ledger = ledger;
        this.names = names;
    }

    /** Reports about all nodes in one epoch, by Inspector. */
    private record EpochReports(long epoch, Map<AccountId, List<Verdict>> byInspector) {}

    @Override
    public HttpResponse answer(Exchange exchange, List<String> rest) {
        if (!exchange.isRead()) throw Resource.notAllowed(exchange, "GET and HEAD");
        return switch (rest.size()) {
            case 0 -> page();
            case 1 -> detail(rest.getFirst());
            default -> throw Resource.noSuchPath("reputation and reputation/{name or address}");
        };
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
        RoleEntry role = Await.chain(ledger.roles(head.hash())).stream()
                .filter(entry -> isCalled(entry, node))
                .findFirst()
                .orElseThrow(() -> new ApiException(
                        ErrorCode.NO_SUCH_NODE,
                        "no registered node is called '" + node + "'",
                        "see `stella reputation ls`"));
        ReputationView view = view(role, Await.chain(ledger.reputation(head.hash())), reports);
        return Answers.ok(
                new ReputationDetail(view, reportsAbout(role, reports), hardRecords(role, head), head.number()));
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
