package stella.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeRequestTest {
    @ParameterizedTest
    @CsvSource({"bytes=0-0,0,0", "bytes=2-5,2,5", "bytes=2-,2,9", "bytes=2-99,2,9", "bytes=-3,7,9", "bytes=-99,0,9"})
    void readsRangesOfTenBytes(String header, long first, long last) {
        assertThat(RangeRequest.of(Optional.of(header), 10)).isEqualTo(new RangeRequest.Part(first, last));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=5-2",
                "bytes=-",
                "bytes=a-b",
                "bytes=0-1,3-4",
                "chunks=0-1",
                "bytes=0x1-2",
                "bytes 0-1",
                "bytes=99999999999999999999-",
                "bytes=--5",
                ""
            })
    void whatIsNoSingleRangeMeansTheWhole(String header) {
        assertThat(RangeRequest.of(Optional.of(header), 10)).isEqualTo(RangeRequest.Whole.INSTANCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=999999999999999999-", "bytes=-0"})
    void whatLiesBehindTheEndIsUnsatisfiable(String header) {
        assertThat(RangeRequest.of(Optional.of(header), 10)).isEqualTo(RangeRequest.Unsatisfiable.INSTANCE);
    }

    @Test
    void nothingOfEmptyContentCanBeAskedFor() {
        assertThat(RangeRequest.of(Optional.of("bytes=0-"), 0)).isEqualTo(RangeRequest.Unsatisfiable.INSTANCE);
        assertThat(RangeRequest.of(Optional.of("bytes=-1"), 0)).isEqualTo(RangeRequest.Unsatisfiable.INSTANCE);
    }

    @Test
    void everyPartLiesInsideTheContent() {
        Random random = new Random(11);
        String letters = "bytes=0123456789-, ";
        for (int i = 0; i < 100_000; i++) {
            StringBuilder header = new StringBuilder(random.nextBoolean() ? "bytes=" : "");
            for (int n = random.nextInt(12); n > 0; n--)
                header.append(letters.charAt(random.nextInt(letters.length())));
            long size = random.nextLong(1000);
            if (RangeRequest.of(Optional.of(header.toString()), size)
                    instanceof RangeRequest.Part(long first, long last))
                assertThat(first >= 0 && first <= last && last < size)
                        .as("%s of %d", header, size)
                        .isTrue();
        }
    }
}
