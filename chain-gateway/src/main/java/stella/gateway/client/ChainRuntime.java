package stella.gateway.client;

import stella.gateway.extrinsic.ExtrinsicFormat;
import stella.gateway.metadata.Metadata;
import stella.gateway.metadata.RuntimeVersion;

/** One version of a chain's logic and what it says about itself. */
public record ChainRuntime(RuntimeVersion version, Metadata metadata, ExtrinsicFormat format) {
    ChainRuntime(RuntimeVersion version, Metadata metadata) {
        this(version, metadata, new ExtrinsicFormat(metadata));
    }
}
