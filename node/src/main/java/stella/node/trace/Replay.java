package stella.node.trace;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import stella.protocol.Hash;
import stella.reputation.EpochFunction;
import stella.reputation.State;

/**
 * Computes the epochs of traces and compares them with what the traces expect.
 *
 * @param difference the first one; nothing after it was computed
 * @param digest of the last state
 */
public record Replay(int traces, int epochs, Optional<Difference> difference, Hash digest) {

    /** @throws BadTraceException when {@code in} holds something else than traces */
    public static Replay of(InputStream in) throws IOException {
        Computation computation = new Computation();
        try {
            TraceReader.read(in, computation);
        } catch (Computation.Parted _) {
            // What follows a difference follows from it, or from another state: nothing to learn.
        }
        return new Replay(computation.traces, computation.epochs, computation.difference, computation.state.digest());
    }

    private static final class Computation implements TraceReader.Visitor {
        private static final class Parted extends RuntimeException {
            Parted() {
                super("the first difference is found", null, false, false);
            }
        }

        private int traces;
        private int epochs;
        private State state = State.EMPTY;
        private Optional<Difference> difference = Optional.empty();

        @Override
        public void trace() {
            traces++;
            state = State.EMPTY;
        }

        @Override
        public void epoch(JsonNode epoch) throws BadTraceException {
            EpochFunction.Result result;
            try {
                JsonNode evidence = epoch.path("evidence");
                if (!evidence.isObject()) throw new BadTraceException("it has no evidence");
                result = EpochFunction.apply(state, TraceEvidence.of(evidence));
                epochs++;
                state = result.state();
                difference = TraceComparison.of(epoch, result);
            } catch (BadTraceException | IllegalArgumentException | ArithmeticException e) {
                throw new BadTraceException(
                        "trace " + traces + ", the epoch after " + state.epoch() + ": " + e.getMessage(), e);
            }
            if (difference.isPresent()) throw new Parted();
        }
    }
}
