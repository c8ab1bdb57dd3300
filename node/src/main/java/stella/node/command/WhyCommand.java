package stella.node.command;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import stella.node.api.client.ApiClient;
import stella.node.api.client.ApiFailure;
import stella.node.api.document.DealDetail;
import stella.node.api.document.DealView;
import stella.node.api.document.ReputationWhy;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;

/** {@code stella why}. */
@Command(
        name = "why",
        header = "Say why a node's reputation is what it is, what threatens it, and what restores it.",
        description = {
            "For a deal: where it stands, and then the same about the Store that holds it.",
            "JSON keys: those of GET /api/v1/reputation/{node}/why: role, account, name, sentences, warning, evidence."
        },
        footer = {
            "  stella why store-1",
            "  stella why 5                               the deal 5 and its Store",
            "  stella why store-1 --evidence 0x12ab…      all figures behind one change"
        })
public final class WhyCommand extends NodeCommand {
    @Parameters(paramLabel = "NODE|DEAL", description = "Name or address of a node, or the number of a deal.")
    private String subject = "";

    @Option(
            names = "--evidence",
            paramLabel = "DIGEST",
            defaultValue = "",
            description = "Print the evidence of that name: items, committee, verdicts, weights and formulas.")
    private String evidence = "";

    public WhyCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(ApiClient client, Interruption interruption) throws IOException {
        String node = subject.matches("\\d{1,18}") ? storeOf(client, Long.parseLong(subject)) : subject;
        if (!evidence.isEmpty()) {
            console.out().print(client.evidence(node, evidence));
            console.out().flush();
            return ExitCode.OK;
        }
        if (Documents.wantsJson(console)) console.facts(Documents.facts(client.why(node)));
        else tell(client, node, console);
        console.next("./stella reputation show " + node);
        return ExitCode.OK;
    }

    private String storeOf(ApiClient client, long id) throws ApiFailure {
        DealDetail detail = client.deal(id);
        DealView deal = detail.deal();
        if (!Documents.wantsJson(console)) console.facts(DealShow.facts(detail));
        String name = deal.storeName();
        return name == null ? deal.store() : name;
    }

    /** The sentences, the warning first, and where the figures are. */
    static void tell(ApiClient client, String node, Console console) throws ApiFailure {
        ReputationWhy why = client.why(node);
        why.warning().forEach(line -> console.out().println("! " + line));
        why.sentences().forEach(line -> console.out().println(line));
        for (ReputationWhy.Evidence one : why.evidence())
            console.out().println("evidence of epoch " + one.epoch() + ": " + one.name());
        console.out().flush();
    }
}
