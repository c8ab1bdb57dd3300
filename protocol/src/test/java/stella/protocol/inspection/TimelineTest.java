package stella.protocol.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final Timeline TIMELINE = new Timeline(20);

    @Test
    void epochZeroBeginsAtBlockOne() {
        assertThat(TIMELINE.firstBlock(0)).isEqualTo(1);
        assertThat(TIMELINE.inspect(0)).isEqualTo(new Timeline.Span(1, 20));
    }

    @Test
    void threeEpochsFollowOneAnother() {
        assertThat(TIMELINE.inspect(5)).isEqualTo(new Timeline.Span(100, 120));
        assertThat(TIMELINE.commit(5)).isEqualTo(new Timeline.Span(120, 130));
        assertThat(TIMELINE.reveal(5)).isEqualTo(new Timeline.Span(130, 140));
        assertThat(TIMELINE.question(5)).isEqualTo(new Timeline.Span(140, 145));
        assertThat(TIMELINE.evaluateAt(5)).isEqualTo(150);
        assertThat(TIMELINE.attest(5)).isEqualTo(new Timeline.Span(150, 160));
        assertThat(TIMELINE.settledAt(5)).isEqualTo(160);
    }

    @Test
    void oddEpochsHaveTheLongerSecondHalf() {
        Timeline odd = new Timeline(5);

        assertThat(odd.commit(0)).isEqualTo(new Timeline.Span(5, 7));
        assertThat(odd.reveal(0)).isEqualTo(new Timeline.Span(7, 10));
    }

    @Test
    void refusesAnEpochWithoutHalves() {
        assertThatThrownBy(() -> new Timeline(1)).isInstanceOf(IllegalArgumentException.class);
    }
}
