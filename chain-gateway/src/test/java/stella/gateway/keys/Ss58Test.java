package stella.gateway.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stella.protocol.AccountId;
import stella.protocol.Bytes;

class Ss58Test {
    private static final AccountId ALICE =
            new AccountId(Bytes.hex("d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d"));

    /** Made by @polkadot/util-crypto. */
    @ParameterizedTest
    @CsvSource({
        "0, 15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5",
        "2, HNZata7iMYWmk5RvZRTiAsSDhV8366zq2YGb3tLH5Upf74F",
        "42, 5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
        "63, 7NPoMQbiA6trJKkjB35uk96MeJD4PGWkLQLH7k7hXEkZpiba",
        "64, cEaNSpz4PxFcZ7nT1VEKrKewH67rfx6MfcM6yKojyyPz7qaqp",
        "255, yGHXkYLYqxijLKKfd9Q2CB9shRVu8rPNBS53wvwGTutYg4zTg",
        "1284, VdvKmYJfD4VXA9fzz1SbmCo2eYHSzUFbaDCZSuaNKJAe8YNg6",
        "16383, yNa8JpqfFB3q8A29rCwSgxvdU94ufJw2yKKxDgznS5m1PoFvn"
    })
    void everyPrefixAgreesWithPolkadotJs(int prefix, String text) {
        assertThat(Ss58.encode(ALICE, prefix)).isEqualTo(text);
        assertThat(Ss58.decode(text)).isEqualTo(new Ss58.Address(prefix, ALICE));
    }

    @Test
    void everyPrefixSurvivesTheRoundTrip() {
        for (int prefix = 0; prefix <= 16_383; prefix += 61)
            assertThat(Ss58.decode(Ss58.encode(ALICE, prefix)).prefix()).isEqualTo(prefix);
    }

    @Test
    void aWrongCharacterIsNoticed() {
        assertThatThrownBy(() -> Ss58.decode("5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQZ"))
                .hasMessageContaining("checksum");
        assertThatThrownBy(() -> Ss58.decode("5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQ0"))
                .hasMessageContaining("'0'");
    }

    @Test
    void refusesOtherLengthsAndPrefixes() {
        assertThatThrownBy(() -> Ss58.decode("")).hasMessageContaining("characters");
        assertThatThrownBy(() -> Ss58.decode("1".repeat(65))).hasMessageContaining("65");
        assertThatThrownBy(() -> Ss58.decode("25GrwvaEF5")).hasMessageContaining("bytes");
        assertThatThrownBy(() -> Ss58.decode("zzzzzzzzzzz")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ss58.encode(ALICE, 16_384)).hasMessageContaining("16384");
    }
}
