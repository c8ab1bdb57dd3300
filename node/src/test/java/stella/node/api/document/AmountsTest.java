package stella.node.api.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 STL",
        "1, 0.000000000001 STL",
        "250000000000, 0.25 STL",
        "1000000000000, 1 STL",
        "1000000000000000000, 1000000 STL"
    })
    void writesEveryDigitThatCounts(BigInteger planck, String text) {
        assertThat(Amounts.text(planck)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.25, 250000000000", "1STL, 1000000000000", "1.5 STL, 1500000000000", "250planck, 250"})
    void readsWhatPeopleWrite(String text, BigInteger planck) {
        assertThat(Amounts.parse(text)).isEqualTo(planck);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1e9", "0.0000000000001", "1.5planck", "1,5", "STL", "999999999999999999999"})
    void refusesWhatIsNoAmount(String text) {
        assertThatThrownBy(() -> Amounts.parse(text)).hasMessageContaining("is no amount");
    }

    @Test
    void readsBackWhatItWrites() {
        BigInteger planck = new BigInteger("123456789012345678");

        assertThat(Amounts.parse(Amounts.text(planck))).isEqualTo(planck);
    }
}
