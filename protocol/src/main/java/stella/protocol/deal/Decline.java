package stella.protocol.deal;

import java.math.BigInteger;

/** Why a Store does not take a deal: a closed set (clause DL-7), each with the numbers that decided and a sentence. */
public sealed interface Decline {
    record PieceTooLarge(long size, long sizeMin, long sizeMax) implements Decline {}

    /** Amounts are planck per GiB and period. */
    record PriceTooLow(BigInteger offered, BigInteger asked) implements Decline {}

    record NoSpace(long needed, long free) implements Decline {}

    record SourceUnreachable(int attempts, String detail) implements Decline {}

    record CommitmentMismatch(String expected, String found) implements Decline {}

    /** Nothing is set aside on chain for what was offered. */
    record ClientWithoutCredits(String detail) implements Decline {}

    record Suspended(String detail) implements Decline {}

    record ShuttingDown(String detail) implements Decline {}

    record Duplicate(String detail) implements Decline {}

    /** The reason in words for people. */
    default String sentence() {
        return switch (this) {
            case PieceTooLarge(long size, long min, long max) ->
                "the piece has " + size + " padded bytes, the Store takes " + min + " to " + max;
            case PriceTooLow(BigInteger offered, BigInteger asked) ->
                "at most " + offered + " planck per GiB and period is offered, the Store asks " + asked;
            case NoSpace(long needed, long free) ->
                "the piece needs " + needed + " bytes, the Store has " + free + " free";
            case SourceUnreachable(int attempts, String detail) ->
                "the source could not be read in " + attempts + " attempts: " + detail;
            case CommitmentMismatch(String expected, String found) ->
                "the source served other bytes than promised: expected " + expected + ", found " + found;
            case ClientWithoutCredits(String detail) -> detail;
            case Suspended(String detail) -> detail;
            case ShuttingDown(String detail) -> detail;
            case Duplicate(String detail) -> detail;
        };
    }
}
