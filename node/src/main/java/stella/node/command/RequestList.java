package stella.node.command;

import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import stella.node.api.client.ApiClient;
import stella.node.api.document.Amounts;
import stella.node.api.document.RequestPage;
import stella.node.api.document.RequestView;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;
import stella.node.cli.Facts;
import stella.node.cli.Rows;

/** {@code stella request ls}. */
@Command(
        name = "ls",
        header = "List requests, newest first.",
        description = "JSON keys: those of a request in the API (GET /api/v1/requests).",
        footer = {"  stella request ls"})
public final class RequestList extends NodeCommand {
    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "At most so many, 1 to 500 (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--before", paramLabel = "ID", description = "Only requests with smaller ids.")
    private Optional<Long> before = Optional.empty();

    public RequestList(Console console) {
        super(console);
    }

    @Override
    ExitCode run(ApiClient client, Interruption interruption) throws IOException {
        RequestPage page = client.requests(before, limit);
        try (Rows rows =
                console.rows("request", "state", "client", "content", "size", "replicas", "periods", "max price")) {
            for (RequestView request : page.requests())
                rows.add(Documents.wantsJson(console) ? Documents.facts(request) : row(request));
        }
        Long next = page.next();
        if (next != null) console.next("./stella request ls --before " + next);
        else if (page.requests().isEmpty()) console.next("./stella put FILE");
        else console.next("./stella request show " + page.requests().getFirst().id());
        return ExitCode.OK;
    }

    private static Facts row(RequestView request) {
        return Facts.of("request", request.id())
                .and("state", request.state())
                .and("client", Documents.who(request.clientName(), request.client()))
                .and("content", Documents.shortCid(request.content()))
                .and("size", Documents.size(request.payloadBytes()))
                .and("replicas", request.live() + "/" + request.replicas())
                .and("periods", request.periods())
                .and("max price", Amounts.text(request.priceMax()));
    }
}
