package stella.node.command;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import stella.gateway.client.ChainClient;
import stella.gateway.keys.Ss58;
import stella.gateway.metadata.MetadataException;
import stella.gateway.rpc.RpcException;
import stella.gateway.stella.StellaFace;
import stella.node.api.client.ApiClient;
import stella.node.api.client.ApiFailure;
import stella.node.cli.CommandException;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;
import stella.node.cli.Facts;
import stella.node.ledger.FinalizedFeed;
import stella.node.ledger.GatewayLedger;
import stella.protocol.chain.Block;
import stella.roles.Ledger;
import stella.roles.inspector.Evaluation;
import stella.roles.inspector.Recomputation;
import stella.roles.inspector.Recomputation.Difference;
import stella.roles.inspector.Recomputation.Finding;

/** {@code stella reputation recompute}. */
@Command(
        name = "recompute",
        header = "Rebuild an epoch's reputation from chain data alone and compare.",
        description = {
            "Works out every epoch from genesis on from what the chain's blocks hold (registrations, deals, reveals, proof records) and compares each digest with the one a quorum adopted. Trusts no Inspector; the chain node must still have the states of old blocks (an archive node).",
            "Exit code 0 when all are equal, 6 at the first epoch that is not, 3 when the epoch is not settled or nothing was adopted for it, 5 when the chain does not tell what is needed.",
            "JSON keys: epoch, adopted, state, changes, subjects, inspectors, epochs, carriedOver; of a difference, in error.details: epoch, role, account, field, onChain, here."
        },
        footer = {
            "  stella reputation recompute --epoch 4",
            "  stella reputation recompute --epoch 4 --rpc wss://archive.example.org"
        })
public final class ReputationRecompute implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeOptions options = new NodeOptions();

    @Option(names = "--epoch", required = true, paramLabel = "N", description = "The epoch to compare.")
    private long epoch;

    @Option(
            names = "--rpc",
            paramLabel = "URL",
            description = "Chain node to read from (default: that of the running ./stella dev).")
    private Optional<URI> rpc = Optional.empty();

    private int epochs;
    private int carriedOver;

    public ReputationRecompute(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (epoch < 0) throw new ParameterException(spec.commandLine(), "--epoch is " + epoch + ", the first is 0");
        URI chain = rpc.isPresent() ? rpc.get() : ofTheRunningNode();
        try (ChainClient client = on(ChainClient.connect(chain))) {
            StellaFace.check(client.runtime().metadata());
            try (FinalizedFeed feed = new FinalizedFeed(client)) {
                Block head = on(feed.first());
                return report(recompute(GatewayLedger.readOnly(client, feed), head))
                        .number();
            }
        } catch (MetadataException e) {
            throw CommandException.of(
                            ExitCode.FAILED, "chain-unknown", "this is not a chain that stella knows: " + chain)
                    .because(String.valueOf(e.getMessage()));
        } catch (RpcException | Ledger.Unavailable e) {
            throw CommandException.of(
                            ExitCode.UNREACHABLE,
                            "chain-unreachable",
                            "the chain at " + chain + " does not tell what is needed")
                    .because(String.valueOf(e.getMessage()))
                    .hint("--rpc URL of an archive node, which keeps the states of all blocks");
        }
    }

    private URI ofTheRunningNode() throws IOException {
        try (ApiClient client = options.connect()) {
            return URI.create(client.status().network().rpc());
        } catch (ApiFailure e) {
            throw Failures.explain(e);
        }
    }

    private Finding recompute(Ledger ledger, Block head) {
        Recomputation recomputation = new Recomputation(ledger, ForkJoinPool.commonPool());
        long settled = recomputation.settledAt(epoch);
        if (settled > head.number())
            throw CommandException.of(ExitCode.NOT_FOUND, "epoch-unsettled", "epoch " + epoch + " is not settled yet")
                    .because("its result is settled at block " + settled + ", the newest final block is "
                            + head.number());
        return on(recomputation.of(epoch, this::note));
    }

    private void note(Finding finding) {
        epochs++;
        if (finding.adopted().isEmpty()) carriedOver++;
        String what = finding.adopted().isEmpty() ? "carried over" : finding.agrees() ? "equal" : "different";
        console.say("epoch " + finding.evaluation().epoch() + ": " + what);
    }

    private ExitCode report(Finding finding) {
        Evaluation result = finding.evaluation();
        if (!finding.agrees())
            throw differs(result.epoch(), finding.difference().orElseThrow());
        if (finding.adopted().isEmpty())
            throw CommandException.of(
                            ExitCode.NOT_FOUND, "epoch-carried-over", "nothing was adopted for epoch " + epoch)
                    .because(
                            "no two thirds of trust weight attested the same result; computed here: " + result.digest())
                    .hint("another --epoch");
        console.facts(Facts.of("epoch", result.epoch())
                .and("adopted", result.digest())
                .and("state", result.changes().state())
                .and("changes", result.changes().entries().size())
                .and("subjects", result.state().subjects().size())
                .and("inspectors", result.state().inspectors().size())
                .and("epochs", epochs)
                .and("carriedOver", carriedOver));
        return ExitCode.OK;
    }

    private static CommandException differs(long epoch, Difference difference) {
        String who = difference
                .who()
                .map(node -> node.role().word() + " " + Ss58.encode(node.account(), Ss58.GENERIC_PREFIX))
                .orElse("the whole state");
        CommandException failure = CommandException.of(
                        ExitCode.INTEGRITY,
                        "reputation-differs",
                        "epoch " + epoch + ", " + who + ": " + difference.field() + " on chain is "
                                + difference.onChain() + ", the chain's evidence makes it " + difference.here())
                .because(
                        "a quorum of Inspectors adopted what does not follow from the evidence, or this program is another version than theirs")
                .detail("epoch", epoch)
                .detail("field", difference.field())
                .detail("onChain", difference.onChain())
                .detail("here", difference.here());
        difference
                .who()
                .ifPresent(node -> failure.detail("role", node.role().word())
                        .detail("account", Ss58.encode(node.account(), Ss58.GENERIC_PREFIX)));
        return failure;
    }

    private static <T> T on(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause())
                if (cause instanceof RpcException || cause instanceof Ledger.Unavailable)
                    throw (RuntimeException) cause;
            throw e;
        }
    }
}
