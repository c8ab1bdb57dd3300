package stella.gateway.metadata;

import java.util.List;
import java.util.Map;

/**
 * The form of the chain's transactions.
 *
 * @param address type of a signer
 * @param signature type of a signature
 * @param versions of the form that the chain accepts: 4, 5 or both
 * @param extensions transaction extensions in the order in which they are encoded, by version of the list; transactions of form 4
 *     carry list 0
 */
public record ExtrinsicInfo(
        List<Integer> versions, int address, int signature, Map<Integer, List<Extension>> extensions) {
    public ExtrinsicInfo {
        versions = List.copyOf(versions);
        extensions = Map.copyOf(extensions);
    }

    /** @throws MetadataException when the chain has no such list */
    public List<Extension> extensions(int version) {
        List<Extension> list = extensions.get(version);
        if (list == null)
            throw new MetadataException("this chain's transactions have no extensions of version " + version
                    + ", but of " + extensions.keySet());
        return list;
    }

    /**
     * @param type of what is sent with the transaction
     * @param implicit type of what is signed but not sent
     */
    public record Extension(String name, int type, int implicit) {}
}
