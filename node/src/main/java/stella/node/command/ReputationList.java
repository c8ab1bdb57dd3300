package stella.node.command;

import java.io.IOException;
import picocli.CommandLine.Command;
import stella.node.api.client.ApiClient;
import stella.node.api.document.ReputationPage;
import stella.node.api.document.ReputationView;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;
import stella.node.cli.Facts;
import stella.node.cli.Rows;

/** {@code stella reputation ls}. */
@Command(
        name = "ls",
        header = "List all nodes with their reputation as the chain adopted it.",
        description = {
            "The score is what a node delivers at least, with 95 %% confidence. Items, reports and failed count what Inspectors said in the last epochs.",
            "JSON keys: role, account, name, scorePpm, standing, weightPpm, epoch, items, reports, failed."
        },
        footer = {
            "  stella reputation ls",
            "  stella reputation ls --output json | jq '.[] | select(.standing == \"Suspended\")'"
        })
public final class ReputationList extends NodeCommand {
    public ReputationList(Console console) {
        super(console);
    }

    @Override
    ExitCode run(ApiClient client, Interruption interruption) throws IOException {
        ReputationPage page = client.reputation();
        try (Rows rows = console.rows(
                "node", "role", "score", "standing", "weight", "items", "reports", "failed", "epoch", "account")) {
            for (ReputationView view : page.reputation())
                rows.add(Documents.wantsJson(console) ? Documents.facts(view) : row(view));
        }
        console.say("epoch " + page.epoch() + ", block " + page.block());
        if (!page.reputation().isEmpty()) {
            ReputationView first = page.reputation().getFirst();
            String name = first.name();
            console.next("./stella reputation show " + (name == null ? first.account() : name));
        }
        return ExitCode.OK;
    }

    private static Facts row(ReputationView view) {
        Long epoch = view.epoch();
        return Facts.of("node", Documents.who(view.name(), view.account()))
                .and("role", view.role())
                .and("score", Documents.percent(view.scorePpm()))
                .and("standing", view.standing())
                .and("weight", view.role().equals("Inspector") ? Documents.weight(view.weightPpm()) : "")
                .and("items", view.items())
                .and("reports", view.reports())
                .and("failed", view.failed())
                .and("epoch", epoch == null ? "-" : epoch.toString())
                .and("account", Documents.shortAddress(view.account()));
    }
}
