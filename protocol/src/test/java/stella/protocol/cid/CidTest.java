package stella.protocol.cid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stella.protocol.Bytes;
import stella.protocol.ContentVectors;

class CidTest {
    private static final Bytes HELLO = Bytes.utf8("hello world");
    private static final String HELLO_CID = "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";

    @Test
    void namesBytesAsIpfsDoes() {
        assertThat(Cid.of(Codec.RAW, HELLO)).hasToString(HELLO_CID);
        assertThat(Cid.parse(HELLO_CID).matches(HELLO)).isTrue();
        assertThat(Cid.parse(HELLO_CID).matches(Bytes.utf8("hello World"))).isFalse();
    }

    @Test
    void readsTheIdentityCidThatGatewaysAreProbedWith() {
        Cid probe = Cid.parse(ContentVectors.at("identity_probe").get("cid").asText());

        assertThat(probe.toBytes().toHex())
                .isEqualTo(ContentVectors.at("identity_probe").get("bytes_hex").asText());
        assertThat(probe.isIdentity()).isTrue();
        assertThat(probe.matches(Bytes.EMPTY)).isTrue();
    }

    @Test
    void readsOneContentInEveryAlphabet() {
        Cid cid = Cid.parse("bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi");

        assertThat(Cid.parse("BAFYBEIGDYRZT5SFP7UDM7HU76UH7Y26NF3EFUYLQABF3OCLGTQY55FBZDI"))
                .isEqualTo(cid);
        for (Multibase base : Multibase.values())
            assertThat(Cid.parse(cid.toString(base))).isEqualTo(cid);
    }

    @Test
    void writesVersion0WithoutAPrefixAndVersion1OfTheSameContentWithOne() {
        Cid old = Cid.parse("QmbWqxBEKC3P8tqsKc98xmWNzrzDtRLMiMPL8wBuTGsMnR");

        assertThat(old.version()).isZero();
        assertThat(old).hasToString("QmbWqxBEKC3P8tqsKc98xmWNzrzDtRLMiMPL8wBuTGsMnR");
        assertThat(old.toV1()).hasToString("bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi");
        assertThat(Cid.of(old.toBytes())).isEqualTo(old);
    }

    @Test
    void saysItsLength() {
        for (String text : new String[] {HELLO_CID, "QmbWqxBEKC3P8tqsKc98xmWNzrzDtRLMiMPL8wBuTGsMnR", "bafkqaaa"})
            assertThat(Cid.parse(text).length())
                    .isEqualTo(Cid.parse(text).toBytes().length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "b",
                "hello",
                "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5",
                "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5ea",
                "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5f",
                "QmbWqxBEKC3P8tqsKc98xmWNzrzDtRLMiMPL8wBuTGsMn0",
                "zQmbWqxBEKC3P8tqsKc98xmWNzrzDtRLMiMPL8wBuTGsMnR",
                "f0255122000",
                "f01551280",
                "f0155128001",
                "f01550080808080808080808001"
            })
    void refusesWhatIsNoCid(String text) {
        assertThatThrownBy(() -> Cid.parse(text)).isInstanceOf(MalformedException.class);
    }

    @Test
    void refusesTextsLongerThanAnyCidBeforeCalculating() {
        assertThatThrownBy(() -> Cid.parse("z" + "2".repeat(1 << 20)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("512");
    }

    @Test
    void namesTheRightTextForAVersion0CidWithAPrefix() {
        assertThatThrownBy(() -> Cid.parse("zQmbWqxBEKC3P8tqsKc98xmWNzrzDtRLMiMPL8wBuTGsMnR"))
                .hasMessageContaining("QmbWqxBEKC3P8tqsKc98xmWNzrzDtRLMiMPL8wBuTGsMnR");
    }

    @Test
    void checksOtherHashFunctionsAndNeverBelievesAnUnknownOne() {
        Bytes blake = Bytes.hex("256c83b297114d201b30179f3f0ef0cace9783622da5974326b436178aeef610");

        assertThat(new Multihash(Multihash.BLAKE2B_256, blake).matches(HELLO)).isTrue();
        assertThat(new Multihash(0x16, blake).checkable()).isFalse();
        assertThat(new Multihash(0x16, blake).matches(HELLO)).isFalse();
    }
}
