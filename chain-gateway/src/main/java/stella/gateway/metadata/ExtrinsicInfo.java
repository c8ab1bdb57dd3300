package stella.gateway.metadata;

import java.util.List;

/**
 * The form of the chain's transactions.
 *
 * @param address type of a signer
 * @param signature type of a signature
 * @param extensions transaction extensions in the order in which they are encoded
 */
public record ExtrinsicInfo(List<Integer> versions, int address, int signature, List<Extension> extensions) {
    public ExtrinsicInfo {
        versions = List.copyOf(versions);
        extensions = List.copyOf(extensions);
    }

    /**
     * @param type of what is sent with the transaction
     * @param implicit type of what is signed but not sent
     */
    public record Extension(String name, int type, int implicit) {}
}
