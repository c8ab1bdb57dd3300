package stella.reputation.evaluation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import stella.protocol.Bytes;

/**
 * What inspectors count for while a scenario runs: the mean weight of liars and of the others after each epoch, one inspector = 1.
 *
 * @param liars one mean for each epoch
 * @param others likewise
 */
public record Weights(Scenario scenario, Rule rule, long seed, List<Double> liars, List<Double> others) {
    private static final double PPM = 1e6;

    public Weights {
        liars = List.copyOf(liars);
        others = List.copyOf(others);
    }

    public static Weights of(Scenario scenario, long seed, Rule rule) {
        List<Double> liars = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        Trial.run(scenario, seed, rule, (_, model) -> {
            liars.add(mean(scenario, model, true));
            others.add(mean(scenario, model, false));
        });
        return new Weights(scenario, rule, seed, liars, others);
    }

    private static double mean(Scenario scenario, Model model, boolean liars) {
        long sum = 0;
        int count = 0;
        for (int i = 0; i < scenario.size().inspectors(); i++) {
            if (scenario.isLiar(i) != liars) continue;
            sum += model.weight(Bytes.owning(ByteBuffer.allocate(8).putLong(i).array()));
            count++;
        }
        return count == 0 ? 0 : sum / PPM / count;
    }
}
