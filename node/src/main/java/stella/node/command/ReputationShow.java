package stella.node.command;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import stella.node.api.client.ApiClient;
import stella.node.api.document.ReputationDetail;
import stella.node.api.document.ReputationView;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;
import stella.node.cli.Facts;

/** {@code stella reputation show}. */
@Command(
        name = "show",
        header = "Show the reputation of one node and what Inspectors reported.",
        description = "JSON keys: those of GET /api/v1/reputation/{node}: node, reports, hardRecords, block.",
        footer = {"  stella reputation show store-1"})
public final class ReputationShow extends NodeCommand {
    @Parameters(paramLabel = "NODE", description = "Name or address.")
    private String node = "";

    public ReputationShow(Console console) {
        super(console);
    }

    @Override
    ExitCode run(ApiClient client, Interruption interruption) throws IOException {
        ReputationDetail detail = client.reputation(node);
        if (Documents.wantsJson(console)) console.facts(Documents.facts(detail));
        else {
            console.facts(facts(detail));
            WhyCommand.tell(client, node, console);
        }
        console.next("./stella why " + node);
        return ExitCode.OK;
    }

    private static Facts facts(ReputationDetail detail) {
        ReputationView view = detail.node();
        Facts facts = Facts.of("node", Documents.whoInFull(view.name(), view.account()))
                .and("role", view.role())
                .and("score", Documents.percent(view.scorePpm()))
                .and("standing", view.standing());
        if (view.role().equals("Inspector")) facts.and("weight", Documents.weight(view.weightPpm()));
        Long epoch = view.epoch();
        facts.and("since", epoch == null ? "no evidence yet" : "evidence of epoch " + epoch);
        reports(detail).forEach((inEpoch, counts) -> facts.and("epoch " + inEpoch, words(counts)));
        for (ReputationDetail.HardRecord record : detail.hardRecords())
            facts.and("proofs in epoch " + record.epoch(), record.evidence());
        return facts;
    }

    /** How often each outcome was reported, by epoch. */
    private static Map<Long, Map<String, Integer>> reports(ReputationDetail detail) {
        Map<Long, Map<String, Integer>> byEpoch = new TreeMap<>();
        for (ReputationDetail.Report report : detail.reports())
            byEpoch.computeIfAbsent(report.epoch(), _ -> new TreeMap<>()).merge(report.outcome(), 1, Integer::sum);
        return byEpoch;
    }

    private static String words(Map<String, Integer> counts) {
        StringBuilder words = new StringBuilder();
        counts.forEach((outcome, count) -> words.append(words.isEmpty() ? "" : ", ")
                .append(count)
                .append(' ')
                .append(outcome));
        return words.toString();
    }
}
