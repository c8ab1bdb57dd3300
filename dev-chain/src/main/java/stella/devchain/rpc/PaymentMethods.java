package stella.devchain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.List;
import stella.devchain.chain.Chain;
import stella.gateway.scale.ScaleReader;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.Bytes;
import stella.protocol.Hash;

/** {@code payment_*}: what an extrinsic would cost. */
final class PaymentMethods {
    private static final List<String> CLASSES = List.of("normal", "operational", "mandatory");

    private final Chain chain;

    private PaymentMethods(Chain chain) {
        this.chain = chain;
    }

    static void addTo(RpcMethods methods, Chain chain) {
        PaymentMethods own = new PaymentMethods(chain);
        methods.add(own::info, "payment_queryInfo").add(own::details, "payment_queryFeeDetails");
    }

    /** {@code RuntimeDispatchInfo}: weight, class, fee. */
    private JsonNode info(RpcCall call) {
        ScaleReader answer = ask(call, "TransactionPaymentApi_query_info");
        ObjectNode info = Json.object();
        info.putObject("weight").put("ref_time", answer.compact()).put("proof_size", answer.compact());
        int index = answer.u8();
        return info.put("class", index < CLASSES.size() ? CLASSES.get(index) : "class " + index)
                .put("partialFee", answer.u128().toString());
    }

    private JsonNode details(RpcCall call) {
        ScaleReader answer = ask(call, "TransactionPaymentApi_query_fee_details");
        ObjectNode details = Json.object();
        if (!answer.bool()) return details.set("inclusionFee", Json.nothing());
        details.putObject("inclusionFee")
                .put("baseFee", hex(answer.u128()))
                .put("lenFee", hex(answer.u128()))
                .put("adjustedWeightFee", hex(answer.u128()));
        return details;
    }

    private ScaleReader ask(RpcCall call, String function) {
        Bytes extrinsic = call.bytes(0);
        Hash at = call.optionalHash(1).orElseGet(() -> chain.blocks().best().hash());
        Bytes request = new ScaleWriter().raw(extrinsic).u32(extrinsic.length()).toBytes();
        return new ScaleReader(chain.call(at, function, request)
                .orElseThrow(() -> RpcException.client("UnknownBlock: no state for " + at)));
    }

    private static String hex(BigInteger number) {
        return "0x" + number.toString(16);
    }
}
