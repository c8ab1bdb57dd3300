package stella.devchain.host;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import stella.devchain.trie.StateVersion;
import stella.gateway.scale.ScaleReader;
import stella.protocol.Bytes;

/** What a runtime says about itself: {@code sp_version::RuntimeVersion}. */
public record RuntimeVersion(
        String specName,
        String implName,
        long authoringVersion,
        long specVersion,
        long implVersion,
        List<Api> apis,
        long transactionVersion,
        int systemVersion) {
    private static final int TEXT_MAX = 256;
    private static final int APIS_MAX = 256;

    /** An API of the runtime by the first 8 bytes of the BLAKE2b of its name. */
    public record Api(Bytes id, long version) {
        /** The id of the API with this name. */
        public static Bytes id(String name) {
            Blake2bDigest digest = new Blake2bDigest(64);
            digest.update(Bytes.utf8(name).toArray(), 0, Bytes.utf8(name).length());
            byte[] id = new byte[8];
            digest.doFinal(id, 0);
            return Bytes.owning(id);
        }
    }

    public RuntimeVersion {
        apis = List.copyOf(apis);
    }

    /** @throws stella.gateway.scale.ScaleException when {@code encoded} is no version */
    public static RuntimeVersion decode(Bytes encoded) {
        ScaleReader in = new ScaleReader(encoded);
        String specName = in.text(TEXT_MAX);
        String implName = in.text(TEXT_MAX);
        long authoringVersion = in.u32();
        long specVersion = in.u32();
        long implVersion = in.u32();
        List<Api> apis = new ArrayList<>(in.sequence(APIS_MAX, api -> new Api(api.raw(8), api.u32())));
        long transactionVersion = in.u32();
        int systemVersion = in.remaining() > 0 ? in.u8() : 0;
        return new RuntimeVersion(
                specName,
                implName,
                authoringVersion,
                specVersion,
                implVersion,
                apis,
                transactionVersion,
                systemVersion);
    }

    /** The version of the API with this name; empty when the runtime does not have it. */
    public OptionalLong api(String name) {
        Bytes id = Api.id(name);
        return apis.stream()
                .filter(api -> api.id().equals(id))
                .mapToLong(Api::version)
                .findFirst();
    }

    /** How values of the state are written. */
    public StateVersion stateVersion() {
        return systemVersion >= 1 ? StateVersion.V1 : StateVersion.V0;
    }

    /** How the list of a block's extrinsics is hashed. */
    public StateVersion extrinsicsVersion() {
        return systemVersion >= 2 ? StateVersion.V1 : StateVersion.V0;
    }
}
