package stella.node.cli;

import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import stella.node.content.Progress;

/** Shows long work on bytes while it runs, and is gone when closed. */
public sealed interface ProgressLine extends Progress, AutoCloseable {
    @Override
    void close();

    /** Where nobody watches. */
    record Silent(Progress nothing) implements ProgressLine {
        @Override
        public void phase(String what, long total) {}

        @Override
        public void advance(long bytes) {}

        @Override
        public void close() {}
    }

    /** Bytes, rate and remaining time on a terminal. */
    final class Bar implements ProgressLine {
        private static final long MIB = 1 << 20;

        private final PrintStream err;
        private @Nullable ProgressBar bar;

        Bar(PrintStream err) {
            this.err = err;
        }

        @Override
        public void phase(String what, long total) {
            close();
            bar = new ProgressBarBuilder()
                    .setTaskName(what)
                    .setInitialMax(total)
                    .setUnit(" MiB", MIB)
                    .setSpeedUnit(ChronoUnit.SECONDS)
                    .showSpeed()
                    .setStyle(ProgressBarStyle.ASCII)
                    .clearDisplayOnFinish()
                    .setConsumer(new ConsoleProgressBarConsumer(err))
                    .build();
        }

        @Override
        public void advance(long bytes) {
            if (bar != null) bar.stepBy(bytes);
        }

        @Override
        public void close() {
            if (bar != null) bar.close();
            bar = null;
        }
    }
}
