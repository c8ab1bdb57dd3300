package stella.gateway.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import stella.protocol.Bytes;

class ScaleTest {
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "1, 04",
        "63, fc",
        "64, 0101",
        "16383, fdff",
        "16384, 02000100",
        "1073741823, feffffff",
        "1073741824, 0300000040",
        "4294967295, 03ffffffff",
        "4294967296, 070000000001",
        "100000000000000, 0b00407a10f35a",
        "9223372036854775807, 13ffffffffffffff7f"
    })
    void compactNumbersAreWrittenInTheirShortestForm(long value, String hex) {
        assertThat(new ScaleWriter().compact(value).toBytes().toHex()).isEqualTo(hex);
        assertThat(new ScaleWriter()
                        .compact(BigInteger.valueOf(value))
                        .toBytes()
                        .toHex())
                .isEqualTo(hex);
        assertThat(read(hex).compact()).isEqualTo(value);
        assertThat(read(hex).compactBig()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100",
                "fd00",
                "02000000",
                "feff0000",
                "0300000000",
                "03ffffff3f",
                "070000000000",
                "13ffffffffffffff00"
            })
    void refusesCompactNumbersThatAreNotShortest(String hex) {
        assertThatThrownBy(() -> read(hex).compact())
                .isInstanceOf(ScaleException.class)
                .hasMessageContaining("shortest");
        assertThatThrownBy(() -> read(hex).compactBig())
                .isInstanceOf(ScaleException.class)
                .hasMessageContaining("shortest");
    }

    @Test
    void compactBalancesOf128BitsSurviveTheRoundTrip() {
        BigInteger most = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);

        Bytes written = new ScaleWriter().compact(most).toBytes();

        assertThat(written.toHex()).isEqualTo("33" + "ff".repeat(16));
        assertThat(new ScaleReader(written).compactBig()).isEqualTo(most);
        assertThatThrownBy(() -> new ScaleReader(written).compact()).hasMessageContaining("16 bytes");
        assertThatThrownBy(() -> read("37" + "ff".repeat(17)).compactBig()).hasMessageContaining("17 bytes");
    }

    @Test
    void fixedNumbersAreLittleEndian() {
        Bytes written = new ScaleWriter()
                .u8(255)
                .bool(true)
                .u16(0x0102)
                .u32(0xfffffffeL)
                .u64(-2)
                .u128(BigInteger.TWO.pow(127))
                .signed(BigInteger.valueOf(-2), 4)
                .toBytes();

        assertThat(written.toHex())
                .isEqualTo("ff" + "01" + "0201" + "feffffff" + "feffffffffffffff" + "0".repeat(30) + "80" + "feffffff");
        ScaleReader reader = new ScaleReader(written);
        assertThat(reader.u8()).isEqualTo(255);
        assertThat(reader.bool()).isTrue();
        assertThat(reader.u16()).isEqualTo(0x0102);
        assertThat(reader.u32()).isEqualTo(0xfffffffeL);
        assertThat(reader.u64()).isEqualTo(-2);
        assertThat(reader.u128()).isEqualTo(BigInteger.TWO.pow(127));
        assertThat(reader.signed(4)).isEqualTo(-2);
        reader.end();
    }

    @Test
    void collectionsSurviveTheRoundTrip() {
        Bytes written = new ScaleWriter()
                .bytes(Bytes.hex("c0ffee"))
                .text("Grüße")
                .option(Optional.of(7), ScaleWriter::u8)
                .option(Optional.<Integer>empty(), ScaleWriter::u8)
                .sequence(List.of(1, 2, 3), ScaleWriter::u16)
                .toBytes();

        ScaleReader reader = new ScaleReader(written);
        assertThat(reader.bytes(3)).isEqualTo(Bytes.hex("c0ffee"));
        assertThat(reader.text(10)).isEqualTo("Grüße");
        assertThat(reader.option(ScaleReader::u8)).contains(7);
        assertThat(reader.option(ScaleReader::u8)).isEmpty();
        assertThat(reader.sequence(3, ScaleReader::u16)).containsExactly(1, 2, 3);
        reader.end();
    }

    @Test
    void refusalsNameTheOffset() {
        refused("0102", 2, reader -> {
            reader.u16();
            reader.u8();
        });
        refused("02", 0, ScaleReader::bool);
        refused("0002", 1, reader -> {
            reader.u8();
            reader.option(ScaleReader::u8);
        });
        refused("08c3", 0, reader -> reader.bytes(10));
        refused("0cc0ffee", 0, reader -> reader.bytes(2));
        refused("04ff", 0, reader -> reader.text(2));
        refused("0000", 1, reader -> {
            reader.u8();
            reader.end();
        });
    }

    @Test
    void aLieAboutALengthAllocatesNothing() {
        refused("feffffff00", 0, reader -> reader.bytes(Integer.MAX_VALUE));
        refused("feffffff00", 5, reader -> reader.sequence(Integer.MAX_VALUE, ScaleReader::u8));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 32})
    void refusesToWriteWhatDoesNotFit(long value) {
        assertThatThrownBy(() -> new ScaleWriter().u32(value)).hasMessageContaining("does not fit u32");
        assertThatThrownBy(() -> new ScaleWriter().unsigned(BigInteger.valueOf(value), 4))
                .hasMessageContaining("u32");
        assertThatThrownBy(
                        () -> new ScaleWriter().signed(BigInteger.valueOf(value).shiftLeft(32), 4))
                .hasMessageContaining("i32");
    }

    private static ScaleReader read(String hex) {
        return new ScaleReader(Bytes.hex(hex));
    }

    private static void refused(String hex, int offset, Consumer<ScaleReader> reading) {
        assertThatThrownBy(() -> reading.accept(read(hex)))
                .isInstanceOfSatisfying(
                        ScaleException.class, e -> assertThat(e.offset()).isEqualTo(offset));
    }
}
