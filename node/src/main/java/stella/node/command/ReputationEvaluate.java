package stella.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import stella.node.cli.CommandException;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;
import stella.node.cli.Facts;
import stella.node.cli.Rows;
import stella.reputation.evaluation.Evaluation;
import stella.reputation.evaluation.Rule;
import stella.reputation.evaluation.Scenario;
import stella.reputation.evaluation.Scenarios;
import stella.reputation.evaluation.report.Report;

/** {@code stella reputation evaluate}. */
@Command(
        name = "evaluate",
        header = "Measure what the reputation model withstands, beside other rules.",
        description = {
            "Runs seeded populations with bad stores and lying inspectors through the model and through baselines: Storj's beta rule, majority, EigenTrust with uniform trust, plain mean.",
            "A cell reads: bad stores found in %% / mean epochs until found / honest stores ever suspended in %% (> still so at the end) / replicas placed on bad stores in %%; – when none was found.",
            "The same seeds give the same figures on every machine. Needs no network. Exit code 1 when a figure of docs/reputation.md is missed by more than its tolerance.",
            "JSON keys: population, seeds, and one cell for each rule."
        },
        footer = {
            "  stella reputation evaluate --populations drop-10,one-victim-33 --seeds 2",
            "  stella reputation evaluate --out docs/evaluation"
        })
public final class ReputationEvaluate implements Callable<Integer> {
    private static final int SEEDS_MAX = 1_000;

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "6",
            description = "Trials of each population, with seeds 1 to N (default: 6).")
    private int seeds = 6;

    @Option(
            names = "--populations",
            paramLabel = "NAME",
            split = ",",
            description = "Which: standard (default), large, or names of single ones.")
    private List<String> populations = List.of("standard");

    @Option(names = "--out", paramLabel = "DIR", description = "Write table.md and plots (SVG) here.")
    private Optional<Path> out = Optional.empty();

    public ReputationEvaluate(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (seeds < 1 || seeds > SEEDS_MAX)
            throw new ParameterException(spec.commandLine(), "--seeds is " + seeds + ", allowed are 1 to " + SEEDS_MAX);
        List<Evaluation> evaluations = evaluate(scenarios());
        if (out.isPresent()) write(out.get(), evaluations);
        List<String> deviations = Report.deviations(evaluations);
        if (deviations.isEmpty()) return ExitCode.OK.number();
        deviations.forEach(line -> console.say("differs: " + line));
        throw CommandException.of(
                        ExitCode.FAILED,
                        "evaluation-differs",
                        deviations.size() + " figures are not those of docs/reputation.md within tolerance")
                .because(deviations.getFirst())
                .hint("more --seeds, or find out what changed in the model");
    }

    private List<Scenario> scenarios() {
        Set<Scenario> chosen = new LinkedHashSet<>();
        for (String name : populations)
            switch (name) {
                case "standard" -> chosen.addAll(Scenarios.standard());
                case "large" -> chosen.addAll(Scenarios.large());
                default -> chosen.add(Scenarios.named(name).orElseThrow(() -> unknown(name)));
            }
        return List.copyOf(chosen);
    }

    private ParameterException unknown(String name) {
        List<String> known = new ArrayList<>(List.of("standard", "large"));
        Scenarios.standard().forEach(scenario -> known.add(scenario.key()));
        Scenarios.large().forEach(scenario -> known.add(scenario.key()));
        return new ParameterException(
                spec.commandLine(), "there is no population '" + name + "'; known are " + String.join(", ", known));
    }

    /** A row is told as soon as it and all before it are known. */
    private List<Evaluation> evaluate(List<Scenario> scenarios) throws InterruptedException {
        List<String> columns = new ArrayList<>(List.of("population"));
        for (Rule rule : Rule.values()) columns.add(rule.title());
        List<Evaluation> evaluations = new ArrayList<>();
        // One thread for each core; a trial depends on nothing but its seed.
        try (ExecutorService threads =
                        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
                Rows rows = console.rows(columns.toArray(String[]::new))) {
            List<Future<Evaluation>> running = scenarios.stream()
                    .map(scenario -> threads.submit(() -> Evaluation.of(scenario, seeds, List.of(Rule.values()))))
                    .toList();
            for (Future<Evaluation> future : running) {
                Evaluation evaluation = done(future, threads);
                evaluations.add(evaluation);
                rows.add(row(evaluation));
                console.say(evaluations.size() + " of " + scenarios.size() + ": "
                        + evaluation.scenario().name());
            }
        }
        return evaluations;
    }

    private static Evaluation done(Future<Evaluation> future, ExecutorService threads) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            threads.shutdownNow();
            throw new IllegalStateException("a trial failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            threads.shutdownNow();
            throw e;
        }
    }

    private Facts row(Evaluation evaluation) {
        Facts facts = Facts.of("population", evaluation.scenario().name());
        for (Rule rule : Rule.values())
            facts.and(rule.title(), evaluation.of(rule).cell());
        return facts.and("seeds", evaluation.seeds());
    }

    private void write(Path folder, List<Evaluation> evaluations) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("table.md"), Report.table(evaluations));
        for (Map.Entry<String, String> plot : Report.plots(evaluations).entrySet())
            Files.writeString(folder.resolve(plot.getKey()), plot.getValue());
        console.say("written: " + folder);
    }
}
