package stella.gateway.metadata;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.AccountId;
import stella.protocol.Bytes;

/** Calls that nearly every chain has. Each fails with {@link MetadataException} where the chain has not. */
public record CommonCalls(Metadata metadata) {
    /** Moves {@code amount} planck and never lets the sender's account die of it. */
    public Bytes transfer(AccountId to, BigInteger amount) {
        Value destination = Value.variant("Id", Value.of(to.bytes()));
        return metadata.call("Balances", "transfer_keep_alive", Map.of("dest", destination, "value", Value.of(amount)));
    }

    /** All of {@code calls} in one transaction, or none. */
    public Bytes batchAll(List<Bytes> calls) {
        return head("Utility", "batch_all").sequence(calls, ScaleWriter::raw).toBytes();
    }

    /** Each of {@code calls} in order, whichever of the others fail. */
    public Bytes forceBatch(List<Bytes> calls) {
        return head("Utility", "force_batch").sequence(calls, ScaleWriter::raw).toBytes();
    }

    /** {@code call} with the powers of root, for the chain's sudo account. */
    public Bytes sudo(Bytes call) {
        return head("Sudo", "sudo").raw(call).toBytes();
    }

    public Bytes remark(Bytes remark) {
        return metadata.call("System", "remark", Map.of("remark", Value.of(remark)));
    }

    private ScaleWriter head(String pallet, String call) {
        Pallet owner = metadata.pallet(pallet);
        return new ScaleWriter().u8(owner.index()).u8(owner.call(call).index());
    }
}
