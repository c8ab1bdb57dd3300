package stella.node.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import stella.node.content.Progress;

class InterruptionTest {
    @Test
    void endsWorkAtItsNextStep() {
        try (Interruption interruption = Interruption.watch()) {
            Progress progress = interruption.checked(Progress.NONE);
            progress.advance(1);

            interruption.interrupt();

            assertThatThrownBy(() -> progress.advance(1)).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void cancelsWhatRuns() {
        List<String> cancelled = new ArrayList<>();
        try (Interruption interruption = Interruption.watch()) {
            interruption.onInterrupt(() -> cancelled.add("before"));

            interruption.interrupt();
            interruption.onInterrupt(() -> cancelled.add("after"));
        }

        assertThat(cancelled).containsExactly("before", "after");
    }
}
