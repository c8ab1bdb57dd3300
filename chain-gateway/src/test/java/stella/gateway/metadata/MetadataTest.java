package stella.gateway.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stella.gateway.metadata.StorageEntry.Hasher;
import stella.gateway.scale.ScaleException;
import stella.protocol.Bytes;

class MetadataTest {
    private static final Metadata METADATA = RecordedMetadata.decoded(15);
    private static final Bytes ALICE = Bytes.hex("d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d");

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16})
    void everyFormOfMetadataSaysTheSame(int version) {
        Metadata metadata = RecordedMetadata.decoded(version);

        assertThat(metadata.version()).isEqualTo(version);
        assertThat(metadata.pallets().keySet()).isEqualTo(METADATA.pallets().keySet());
        assertThat(metadata.pallet("System").index()).isZero();
        assertThat(metadata.extensions())
                .extracting(ExtrinsicInfo.Extension::name)
                .contains("CheckGenesis", "CheckNonce");
        assertThat(metadata.extensions())
                .extracting(ExtrinsicInfo.Extension::name)
                .isEqualTo(METADATA.extensions().stream()
                        .map(ExtrinsicInfo.Extension::name)
                        .toList());
        assertThat(metadata.constant("System", "SS58Prefix")).isEqualTo(Value.of(42));
        TypeWriter writer = new TypeWriter(metadata.types());
        assertThat(writer.write(
                        metadata.pallet("Balances").call("transfer_keep_alive").fields()))
                .isEqualTo(new TypeWriter(METADATA.types())
                        .write(METADATA.pallet("Balances")
                                .call("transfer_keep_alive")
                                .fields()))
                .contains("value: compact u128");
        assertThat(metadata.types().type(metadata.extrinsic().signature()).name())
                .isEqualTo("MultiSignature");
        assertThat(metadata.types().type(metadata.extrinsic().address()).name()).isEqualTo("MultiAddress");
        assertThat(metadata.types().type(metadata.calls()).name()).isEqualTo("RuntimeCall");
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 16})
    void runtimeApisAreReadWithArgumentsAndResults(int version) {
        Metadata metadata = RecordedMetadata.decoded(version);

        RuntimeFunction nonce = metadata.api("AccountNonceApi_account_nonce");

        assertThat(nonce.encode(metadata, Map.of("account", Value.of(ALICE)))).isEqualTo(ALICE);
        assertThat(new TypeWriter(metadata.types()).write(nonce.output())).isEqualTo("u32");
        assertThat(metadata.api("Core_version").inputs()).isEmpty();
        assertThatThrownBy(() -> nonce.encode(metadata, Map.of("account", Value.of(1))))
                .hasMessageStartingWith("AccountNonceApi_account_nonce.account: ");
        assertThatThrownBy(() -> metadata.api("Core_nothing")).hasMessageContaining("no runtime API 'Core_nothing'");
    }

    @Test
    void metadataV14SaysThatItDoesNotTellRuntimeApis() {
        assertThatThrownBy(() -> RecordedMetadata.decoded(14).api("Core_version"))
                .hasMessageContaining("V14");
    }

    @Test
    void viewFunctionsAreReadFromV16() {
        Metadata metadata = RecordedMetadata.decoded(16);
        RuntimeFunction view = metadata.pallet("Proxy").viewFunction("check_permissions");

        assertThat(view.id().length()).isEqualTo(32);
        assertThat(view.inputs()).extracting(TypeInfo.Field::name).contains("call", "proxy_type");
        assertThatThrownBy(() -> METADATA.pallet("Proxy").viewFunction("check_permissions"))
                .hasMessageContaining("no view function");
    }

    @Test
    void storageIsNamedByValues() {
        StorageEntry account = METADATA.pallet("System").entry("Account");

        assertThat(METADATA.storageKey("System", "Account", Value.of(ALICE))).isEqualTo(account.key(ALICE));
        assertThat(METADATA.storageKey("System", "Account")).isEqualTo(account.prefix());
        assertThat(METADATA.storageValue("System", "Account", java.util.Optional.empty()))
                .hasValueSatisfying(
                        value -> assertThat(value.field("nonce").longNumber()).isZero());
        assertThatThrownBy(() -> METADATA.storageKey("System", "Account", Value.of(1)))
                .hasMessageStartingWith("System.Account key 0");
        assertThatThrownBy(() -> METADATA.storageKey("System", "Number", Value.of(1)))
                .hasMessageContaining("has 0 keys, not 1");
    }

    @Test
    void storageKeysAreHashedAsTheEntrySays() {
        StorageEntry account = METADATA.pallet("System").entry("Account");

        Bytes key = account.key(ALICE);

        assertThat(account.keys()).extracting(StorageEntry.Key::hasher).containsExactly(Hasher.BLAKE2_128_CONCAT);
        assertThat(key.toHex())
                .isEqualTo(
                        "26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9"
                                + "de1e86a9a8c739864cf3cc5ec2bea59fd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d");
        assertThat(account.lastKey(key, 0)).isEqualTo(ALICE);
        assertThat(account.key()).isEqualTo(account.prefix());
        assertThatThrownBy(() -> account.key(ALICE, ALICE)).hasMessageContaining("System.Account has 1 keys, not 2");
        assertThatThrownBy(() -> account.lastKey(ALICE, 0)).isInstanceOf(ScaleException.class);
    }

    @Test
    void callsAreEncodedByName() {
        Bytes call = METADATA.call(
                "Balances",
                "transfer_keep_alive",
                Map.of("dest", Value.variant("Id", Value.of(ALICE)), "value", Value.of(1_000_000_000_000L)));

        int pallet = METADATA.pallet("Balances").index();
        assertThat(call.toHex()).isEqualTo("%02x0300".formatted(pallet) + ALICE.toHex() + "070010a5d4e8");
        assertThat(METADATA.values().decode(METADATA.calls(), call).field("0").field("value"))
                .isEqualTo(Value.of(1_000_000_000_000L));
    }

    @Test
    void aMismatchNamesCallAndField() {
        assertThatThrownBy(() -> METADATA.call("Balances", "transfer_keep_alive", Map.of("dest", Value.of(1))))
                .isInstanceOf(MismatchException.class)
                .hasMessageStartingWith("Balances.transfer_keep_alive.dest: a case of MultiAddress is expected");
        assertThatThrownBy(() -> METADATA.call(
                        "Balances",
                        "transfer_keep_alive",
                        Map.of(
                                "dest",
                                Value.variant("Id", Value.of(ALICE)),
                                "value",
                                Value.of(BigInteger.TWO.pow(128)))))
                .hasMessageStartingWith("Balances.transfer_keep_alive.value: ")
                .hasMessageContaining("does not fit u128");
        assertThatThrownBy(() -> METADATA.call("System", "remark", Map.of()))
                .hasMessageStartingWith("System.remark.remark: is missing");
        assertThatThrownBy(() ->
                        METADATA.call("System", "remark", Map.of("remark", Value.of(ALICE), "mark", Value.of(ALICE))))
                .hasMessageStartingWith("System.remark.mark: the chain has no such field");
        assertThatThrownBy(() -> METADATA.call("System", "nothing", Map.of()))
                .hasMessageContaining("no call 'nothing'");
        assertThatThrownBy(() -> METADATA.call("Nothing", "x", Map.of())).hasMessageContaining("no pallet 'Nothing'");
    }

    @Test
    void accountsAreReadAsTheirParts() {
        StorageEntry account = METADATA.pallet("System").entry("Account");

        Value value =
                METADATA.values().decode(account.value(), account.fallback().orElseThrow());

        assertThat(value.field("nonce").longNumber()).isZero();
        assertThat(value.field("data").field("free").number()).isZero();
        assertThat(METADATA.values().encode(account.value(), value))
                .isEqualTo(account.fallback().orElseThrow());
    }

    /** Any cut or changed byte is either another metadata or a typed refusal. */
    @Test
    void hostileMetadataIsRefusedWithAType() {
        byte[] good = RecordedMetadata.encoded(15).toArray();
        Random random = new Random(20261124);
        for (int i = 0; i < 300; i++) {
            byte[] bad = good.clone();
            for (int changes = 0; changes <= i % 3; changes++)
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            readOrRefuse(i % 4 == 0 ? Bytes.slice(bad, 0, random.nextInt(bad.length)) : Bytes.of(bad));
        }
        assertThatThrownBy(() -> Metadata.decode(Bytes.EMPTY)).isInstanceOf(MetadataException.class);
        assertThatThrownBy(() -> Metadata.decode(Bytes.hex("6d6574610d"))).hasMessageContaining("V13");
    }

    /** Values of random bytes either read, and then write the same bytes, or are refused. */
    @Test
    void randomBytesAreReadStrictlyOrRefused() {
        Random random = new Random(7);
        ValueCodec codec = METADATA.values();
        int read = 0;
        for (int i = 0; i < 40_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            int type = random.nextInt(METADATA.types().size());
            try {
                Value value = codec.decode(type, Bytes.of(bytes));
                assertThat(codec.encode(type, value)).isEqualTo(Bytes.of(bytes));
                read++;
            } catch (ScaleException refused) {
                assertThat(refused.offset()).isBetween(0, bytes.length);
            }
        }
        assertThat(read).isGreaterThan(100);
    }

    private static void readOrRefuse(Bytes encoded) {
        try {
            Metadata.decode(encoded);
        } catch (MetadataException refused) {
            assertThat(refused).hasMessageNotContaining("null");
        }
    }
}
