package stella.node.command;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import stella.node.api.client.ApiClient;
import stella.node.api.document.Amounts;
import stella.node.api.document.DealView;
import stella.node.api.document.RequestDetail;
import stella.node.api.document.RequestView;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;
import stella.node.cli.Facts;

/** {@code stella request show}. */
@Command(
        name = "show",
        header = "Show one request with its deals.",
        description = "JSON keys: those of GET /api/v1/requests/{id}: request, deals, block.",
        footer = {"  stella request show 3"})
public final class RequestShow extends NodeCommand {
    @Parameters(paramLabel = "ID", description = "The request.")
    private long id;

    public RequestShow(Console console) {
        super(console);
    }

    @Override
    ExitCode run(ApiClient client, Interruption interruption) throws IOException {
        RequestDetail detail = client.request(id);
        if (Documents.wantsJson(console)) console.facts(Documents.facts(detail));
        else console.facts(facts(detail));
        console.next(
                detail.deals().isEmpty()
                        ? "./stella request ls"
                        : "./stella deal show " + detail.deals().getLast().id());
        return ExitCode.OK;
    }

    private static Facts facts(RequestDetail detail) {
        RequestView request = detail.request();
        Facts facts =
                Facts.of("request", request.id()).and("state", request.state()).and("next step", request.nextStep());
        Long deadline = request.deadline();
        if (deadline != null)
            facts.and("deadline", "block " + deadline + ", in " + Math.max(0, deadline - detail.block()) + " blocks");
        facts.and("client", Documents.whoInFull(request.clientName(), request.client()))
                .and("content", request.content())
                .and("piece", request.pieceCid())
                .and("size", Documents.size(request.payloadBytes()))
                .and("replicas", request.replicas() + ": " + request.live() + " live, " + request.open() + " open")
                .and("periods", request.periods())
                .and("max price", Amounts.text(request.priceMax()) + " per GiB and period")
                .and("reserved", Amounts.text(request.reserved()))
                .and("source", request.source());
        for (DealView deal : detail.deals())
            facts.and(
                    "deal " + deal.id(),
                    deal.state() + " with " + Documents.who(deal.storeName(), deal.store()) + ", " + deal.proofs()
                            + " proofs, " + deal.faults() + " faults");
        return facts;
    }
}
