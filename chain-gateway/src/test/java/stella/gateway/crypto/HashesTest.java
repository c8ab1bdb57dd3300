package stella.gateway.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashesTest {
    @Test
    void storagePrefixesOfSubstrateAreTwox128() {
        assertThat(hex(Twox.twox128(ascii("System")))).isEqualTo("26aa394eea5630e07c48ae0c9558cef7");
        assertThat(hex(Twox.twox128(ascii("Account")))).isEqualTo("b99d880ec681799c0cf30e8886371da9");
    }

    /** Values of the xxHash64 reference implementation for the seed 0. */
    @ParameterizedTest
    @CsvSource({
        "'', ef46db3751d8e999",
        "a, d24ec4f1a98c6e5b",
        "abc, 44bc2cf5ad770999",
        "abcdefghijklmnopqrstuvwxyz0123456789, 64f23ecf1609b766"
    })
    void xxHash64AgreesWithItsReference(String text, String expected) {
        assertThat(Long.toHexString(Twox.xxHash64(ascii(text), 0))).isEqualTo(expected);
    }

    @Test
    void longerTwoxHashesBeginWithTheShorterOnes() {
        byte[] data = ascii("any");

        assertThat(hex(Twox.twox256(data))).startsWith(hex(Twox.twox128(data))).hasSize(64);
        assertThat(hex(Twox.twox128(data))).startsWith(hex(Twox.twox64(data))).hasSize(32);
    }

    @Test
    void blake2AgreesWithItsReference() {
        assertThat(hex(Blake2.blake2b256()))
                .isEqualTo("0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
        assertThat(hex(Blake2.blake2b128(ascii("abc")))).isEqualTo("cf4ab791c62b8d2b2109c90275287816");
        assertThat(hex(Blake2.blake2b512(ascii("a"), ascii("bc")))).startsWith("ba80a53f981c4d0d6a2797b69f12f6e9");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
