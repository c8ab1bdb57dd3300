package stella.protocol.cid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import stella.protocol.Bytes;

class CidPropertyTest {
    @Property(seed = "1")
    void varintsComeBack(@ForAll @LongRange(min = 0) long value) {
        Bytes bytes = Varint.encode(value);
        Cursor in = new Cursor(bytes);

        assertThat(in.varint()).isEqualTo(value);
        assertThat(in.atEnd()).isTrue();
        assertThat(bytes.length()).isEqualTo(Varint.length(value)).isLessThanOrEqualTo(Varint.LENGTH_MAX);
    }

    @Property(seed = "2")
    void aVarintHasOneForm(@ForAll @Size(min = 1, max = 10) byte[] bytes) {
        Cursor in = new Cursor(Bytes.of(bytes));
        Throwable refused = catchThrowable(() -> {
            long value = in.varint();
            assertThat(Varint.encode(value)).isEqualTo(Bytes.slice(bytes, 0, in.position()));
        });

        if (refused != null) assertThat(refused).isInstanceOf(MalformedException.class);
    }

    @Property(seed = "3", tries = 300)
    void cidsComeBackInBytesAndInEveryAlphabet(@ForAll("cids") Cid cid) {
        assertThat(Cid.of(cid.toBytes())).isEqualTo(cid);
        assertThat(Cid.parse(cid.toString())).isEqualTo(cid);
        if (cid.version() == 1)
            for (Multibase base : Multibase.values())
                assertThat(Cid.parse(cid.toString(base))).isEqualTo(cid);
    }

    @Property(seed = "4")
    void arbitraryBytesAreACidInItsOneFormOrRefused(@ForAll @Size(max = 200) byte[] bytes) {
        Throwable refused = catchThrowable(
                () -> assertThat(Cid.of(Bytes.of(bytes)).toBytes()).isEqualTo(Bytes.of(bytes)));

        if (refused != null) assertThat(refused).isInstanceOf(MalformedException.class);
    }

    @Property(seed = "5")
    void arbitraryTextIsReadOrRefused(@ForAll String text) {
        Throwable refused = catchThrowable(() -> Cid.parse(text));

        if (refused != null) assertThat(refused).isInstanceOf(MalformedException.class);
    }

    @Property(seed = "6", tries = 200)
    void oneBitMoreInTheTextIsNeverTheSameCid(@ForAll("cids") Cid cid) {
        String text = cid.toString();
        char last = text.charAt(text.length() - 1);
        String other = text.substring(0, text.length() - 1) + (last == 'a' ? 'b' : 'a');
        Throwable refused = catchThrowable(() -> assertThat(Cid.parse(other)).isNotEqualTo(cid));

        if (refused != null) assertThat(refused).isInstanceOf(MalformedException.class);
    }

    @Property(seed = "7", tries = 50)
    void tooLongDigestsAreRefused(@ForAll @LongRange(min = 129, max = Long.MAX_VALUE) long length) {
        Bytes bytes =
                Bytes.concat(Bytes.hex("0155"), Varint.encode(0x12), Varint.encode(length), Bytes.of(new byte[200]));

        assertThatThrownBy(() -> Cid.of(bytes))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("128");
    }

    @Provide
    Arbitrary<Cid> cids() {
        Arbitrary<Bytes> sha =
                Arbitraries.bytes().array(byte[].class).ofSize(32).map(Bytes::of);
        Arbitrary<Bytes> any =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(128).map(Bytes::of);
        Arbitrary<Cid> v0 = sha.map(digest -> Cid.v0(new Multihash(Multihash.SHA2_256, digest)));
        Arbitrary<Cid> v1 = Combinators.combine(
                        Arbitraries.longs().between(0, 1L << 40),
                        Arbitraries.longs().between(0, 1L << 40),
                        any)
                .as((codec, code, digest) -> Cid.v1(codec, new Multihash(code, digest)));
        return Arbitraries.oneOf(v0, v1);
    }
}
