package stella.node.command;

import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import stella.node.api.client.ApiClient;
import stella.node.api.document.Amounts;
import stella.node.api.document.DealPage;
import stella.node.api.document.DealView;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;
import stella.node.cli.Facts;
import stella.node.cli.Rows;

/** {@code stella deal ls}. */
@Command(
        name = "ls",
        header = "List deals, newest first.",
        description = "JSON keys: those of a deal in the API (GET /api/v1/deals).",
        footer = {"  stella deal ls", "  stella deal ls --output ndjson | jq .store"})
public final class DealList extends NodeCommand {
    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "At most so many, 1 to 500 (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--before", paramLabel = "ID", description = "Only deals with smaller ids.")
    private Optional<Long> before = Optional.empty();

    public DealList(Console console) {
        super(console);
    }

    @Override
    ExitCode run(ApiClient client, Interruption interruption) throws IOException {
        DealPage page = client.deals(before, limit);
        try (Rows rows = console.rows(
                "deal", "request", "state", "store", "content", "period", "proofs", "faults", "paid", "slashed")) {
            for (DealView deal : page.deals())
                rows.add(Documents.wantsJson(console) ? Documents.facts(deal) : row(deal));
        }
        Long next = page.next();
        if (next != null) console.next("./stella deal ls --before " + next);
        else if (page.deals().isEmpty()) console.next("./stella put FILE");
        else console.next("./stella deal show " + page.deals().getFirst().id());
        return ExitCode.OK;
    }

    private static Facts row(DealView deal) {
        return Facts.of("deal", deal.id())
                .and("request", deal.request())
                .and("state", deal.state())
                .and("store", Documents.who(deal.storeName(), deal.store()))
                .and("content", Documents.shortCid(deal.content()))
                .and("period", Math.min(deal.period() + 1, deal.periods()) + "/" + deal.periods())
                .and("proofs", deal.proofs())
                .and("faults", deal.faults())
                .and("paid", Amounts.text(deal.paid()))
                .and("slashed", Amounts.text(deal.slashed()));
    }
}
