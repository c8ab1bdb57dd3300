package stella.protocol.inspection;

import stella.protocol.Hash;

/** What an Inspector found for one item (clause IN-4). All but {@link Ok} and {@link Unreachable} count as failures. */
public sealed interface Outcome {
    /** Served and verified; {@code receipt} is the digest of the receipt that only somebody who was served can make. */
    record Ok(Hash receipt) implements Outcome {}

    /** Answered with bytes that do not hash to the CID. */
    record WrongBytes() implements Outcome {}

    /** Answered that it would not serve. */
    record Refused() implements Outcome {}

    /** Asked for more than its ask on chain says, or refused what fits the ask (clause AS-2). */
    record AskBroken() implements Outcome {}

    /** No answer, or too slow, within the deadline. */
    record Unreachable() implements Outcome {}
}
