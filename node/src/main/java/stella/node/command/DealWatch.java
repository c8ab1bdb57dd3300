package stella.node.command;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import stella.node.api.client.ApiClient;
import stella.node.api.document.DealDetail;
import stella.node.api.document.DealEvent;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;
import stella.node.cli.Facts;
import stella.node.cli.OutputFormat;

/** {@code stella deal watch}. */
@Command(
        name = "watch",
        header = "Tell what happens to a deal, a line each, until it is over.",
        description = "JSON keys: deal, block, event, period, amount (planck), text; one object a line.",
        footer = {"  stella deal watch 5", "  stella deal watch 5 --output ndjson"})
public final class DealWatch extends NodeCommand {
    private static final long PAUSE_MILLIS = 500;

    @Parameters(paramLabel = "ID", description = "The deal.")
    private long id;

    public DealWatch(Console console) {
        super(console);
    }

    @Override
    ExitCode run(ApiClient client, Interruption interruption) throws IOException {
        CountDownLatch interrupted = new CountDownLatch(1);
        interruption.onInterrupt(interrupted::countDown);
        long told = 0;
        String step = "";
        while (true) {
            DealDetail detail = client.deal(id);
            for (DealEvent event : detail.history()
                    .subList(
                            (int) Math.min(told, detail.history().size()),
                            detail.history().size())) tell(event);
            told = Math.max(told, detail.history().size());
            if (!detail.deal().nextStep().equals(step)) {
                step = detail.deal().nextStep();
                console.say(detail.deal().state() + ": " + step);
            }
            if (detail.deal().deadline() == null) return ExitCode.OK;
            pause(interrupted);
            interruption.check();
        }
    }

    private void tell(DealEvent event) {
        if (Documents.wantsJson(console)) console.document(Documents.facts(event));
        else {
            String gap = console.format() == OutputFormat.PLAIN ? "\t" : "  ";
            console.value("block " + event.block() + gap + event.event() + gap + event.text(), Facts.of("deal", id));
        }
    }

    private static void pause(CountDownLatch interrupted) throws IOException {
        try {
            if (interrupted.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
