package stella.node.command;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import stella.node.api.client.ApiClient;
import stella.node.api.document.Amounts;
import stella.node.api.document.BlockRange;
import stella.node.api.document.DealDetail;
import stella.node.api.document.DealEvent;
import stella.node.api.document.DealView;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;
import stella.node.cli.Facts;

/** {@code stella deal show}. */
@Command(
        name = "show",
        header = "Show one deal: where it stands, who must act until when, and all that happened.",
        description = "JSON keys: those of GET /api/v1/deals/{id}: deal, history, unwatched, block.",
        footer = {"  stella deal show 5"})
public final class DealShow extends NodeCommand {
    @Parameters(paramLabel = "ID", description = "The deal.")
    private long id;

    public DealShow(Console console) {
        super(console);
    }

    @Override
    ExitCode run(ApiClient client, Interruption interruption) throws IOException {
        DealDetail detail = client.deal(id);
        if (Documents.wantsJson(console)) console.facts(Documents.facts(detail));
        else console.facts(facts(detail));
        console.next("./stella " + (detail.deal().deadline() == null ? "deal ls" : "deal watch " + id));
        return ExitCode.OK;
    }

    static Facts facts(DealDetail detail) {
        DealView deal = detail.deal();
        Facts facts = Facts.of("deal", deal.id())
                .and("state", deal.state())
                .and("next step", deal.nextStep())
                .and("owner", deal.owner());
        Long deadline = deal.deadline();
        if (deadline != null)
            facts.and("deadline", "block " + deadline + ", in " + Math.max(0, deadline - detail.block()) + " blocks");
        facts.and("store", Documents.whoInFull(deal.storeName(), deal.store()))
                .and("client", Documents.whoInFull(deal.clientName(), deal.client()))
                .and("request", deal.request())
                .and("content", deal.content())
                .and("piece", deal.pieceCid())
                .and(
                        "period",
                        Math.min(deal.period() + 1, deal.periods()) + " of " + deal.periods()
                                + (deal.proven() ? ", proven" : ""))
                .and("proofs", deal.proofs())
                .and(
                        "paid",
                        Amounts.text(deal.paid()) + " for " + deal.paidPeriods() + " periods at "
                                + Amounts.text(deal.price()))
                .and("faults", deal.faults() + (deal.faultsInRow() > 0 ? ", " + deal.faultsInRow() + " in a row" : ""))
                .and("slashed", Amounts.text(deal.slashed()))
                .and("collateral", Amounts.text(deal.collateral()))
                .and("reserved", Amounts.text(deal.reserved()));
        for (DealEvent event : detail.history())
            facts.and("block " + event.block() + " " + event.event(), event.text());
        for (BlockRange gap : detail.unwatched())
            facts.and("blocks " + gap.from() + "-" + gap.to(), "not watched by this node, their events are not listed");
        return facts;
    }
}
