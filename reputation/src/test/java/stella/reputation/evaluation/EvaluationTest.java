package stella.reputation.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stella.reputation.evaluation.report.Report;

/** A few rows of the table of section 13 with fixed seeds: the model reaches its figures, and the baseline shows what it is for. */
class EvaluationTest {
    private static final List<Rule> COMPARED = List.of(Rule.STELLA, Rule.STORJ);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop-10-collude-33",
                "drop-10-targeted-33",
                "lazy-unreachable-33",
                "drop-50",
                "dark-10",
                "selective-20"
            })
    void reachesTheFiguresOfTheSpecification(String key) {
        Scenario scenario = Scenarios.named(key).orElseThrow();

        Evaluation evaluation = Evaluation.of(scenario, 1, COMPARED);

        assertThat(Published.has(key, Rule.STELLA)).isTrue();
        assertThat(Published.deviations(evaluation, Rule.STELLA))
                .as(evaluation.of(Rule.STELLA).cell())
                .isEmpty();
        assertThat(Published.deviations(evaluation, Rule.STORJ))
                .as(evaluation.of(Rule.STORJ).cell())
                .isEmpty();
    }

    @Test
    void aThirdOfColludersSuspendsHonestStoresUnderEveryBaseline() {
        Scenario scenario = Scenarios.named("drop-10-collude-33").orElseThrow();

        for (Rule rule : Rule.values()) {
            Outcome outcome = Trial.run(scenario, 1, rule);
            if (rule == Rule.STELLA) assertThat(outcome.everSuspended()).isZero();
            else assertThat(outcome.everSuspendedPercent()).as(rule.title()).isGreaterThan(90);
        }
    }

    @Test
    void theSameSeedGivesTheSameTrial() {
        Scenario scenario = Scenarios.named("drop-50").orElseThrow();

        assertThat(Trial.run(scenario, 3, Rule.STELLA)).isEqualTo(Trial.run(scenario, 3, Rule.STELLA));
        assertThat(Trial.run(scenario, 3, Rule.STORJ)).isNotEqualTo(Trial.run(scenario, 4, Rule.STORJ));
    }

    @Test
    void everyRowOfTheSpecificationHasItsScenarioAndItsFigures() {
        Stream.concat(Scenarios.standard().stream(), Scenarios.large().stream()).forEach(scenario -> {
            assertThat(Published.has(scenario.key(), Rule.STELLA))
                    .as(scenario.key())
                    .isTrue();
            assertThat(Scenarios.named(scenario.key())).contains(scenario);
        });
        assertThat(Scenarios.standard()).hasSize(38);
    }

    @Test
    void aFigureThatIsFarOffIsTold() {
        Scenario scenario = Scenarios.named("drop-10").orElseThrow();
        Outcome blind = new Outcome(120, 0, 0, 480, 48, 48, 45_000, 9_000);
        Evaluation evaluation = new Evaluation(scenario, 6, java.util.Map.of(Rule.STELLA, blind));

        assertThat(Report.deviations(List.of(evaluation)))
                .containsExactly(
                        "drop 10%, honest, Stella: found % is 0.0, expected 100.0 ± 10.0",
                        "drop 10%, honest, Stella: placements on bad % is 20.0, expected 1.3 ± 1.0",
                        "drop 10%, honest, Stella: honest ever suspended % is 10.0, expected 0.0 ± 1.8",
                        "drop 10%, honest, Stella: honest suspended at the end % is 10.0, expected 0.0 ± 0.5");
        assertThat(Report.table(List.of(evaluation))).contains("| drop 10%, honest | –/10.0/20.0 ¹ |");
    }
}
