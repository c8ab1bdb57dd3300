package stella.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import stella.protocol.Hash;

/** What a node reports about a transaction that is watched. */
public sealed interface PoolStatus {
    /** It waits: in the ready queue, in the future queue, or sent to others. */
    record Waiting() implements PoolStatus {}

    /** It is in a block that is not finalized yet and may be abandoned. */
    record InBlock(Hash block) implements PoolStatus {}

    record Finalized(Hash block) implements PoolStatus {}

    /** It is not in the pool any more. */
    record Gone(PoolRefusal refusal) implements PoolStatus {}

    /** The node says no more, for a reason that says nothing about the transaction. */
    record Lost(String why) implements PoolStatus {}

    static PoolStatus read(JsonNode node) {
        Answer answer = new Answer("author_submitAndWatchExtrinsic");
        String word = node.isTextual()
                ? node.asText()
                : node.isObject() && node.size() == 1 ? node.fieldNames().next() : "";
        return switch (word) {
            case "future", "ready", "broadcast", "retracted" -> new Waiting();
            case "inBlock" -> new InBlock(answer.hash(node.get(word)));
            case "finalized" -> new Finalized(answer.hash(node.get(word)));
            case "usurped" ->
                new Gone(new PoolRefusal(PoolRefusal.Reason.USURPED, "another transaction took its place"));
            case "dropped" -> new Gone(new PoolRefusal(PoolRefusal.Reason.DROPPED, "the pool dropped it"));
            case "invalid" -> new Gone(new PoolRefusal(PoolRefusal.Reason.INVALIDATED, "it became invalid"));
            case "finalityTimeout" -> new Lost("its block was not finalized for long");
            default -> throw answer.malformed("a status of a transaction", node);
        };
    }
}
