package stella.reputation.evaluation;

import stella.reputation.evaluation.Coin.About;

/** How bad stores fail their clients. Shares and losses in ppm. */
public sealed interface Misconduct {
    /** Honest stores lose this share of items too. */
    long HONEST_LOSS = 5_000;

    /** What a store does with one look. */
    enum Answer {
        SERVES,
        /** Wrong bytes, or none: the inspector can tell. */
        FAILS,
        /** A time-out for this item. */
        HANGS,
        /** A time-out for everything in this epoch. */
        DARK
    }

    /** Loses a share of its items. */
    record Drop(long lossPpm) implements Misconduct {}

    /** Good for {@code goodEpochs}, then fails a share of looks for {@code badEpochs}, and so on. */
    record OnOff(int goodEpochs, int badEpochs, long lossPpm) implements Misconduct {}

    /** Serves well, but refuses a share of inspectors, always the same. */
    record Selective(long refusedPpm, boolean servesAnchors) implements Misconduct {}

    /** Loses more and more, up to {@code lossPpm} in the last epoch. */
    record Decay(long lossPpm) implements Misconduct {}

    /** Lets inspectors wait when the item is lost, instead of saying so. */
    record Ghost(long lossPpm) implements Misconduct {}

    /** Is dark for the whole epoch when one of the items asked for is lost. */
    record Dark(long lossPpm) implements Misconduct {}

    /** The share of items that are lost, or not handed out, in {@code epoch}. */
    default long lossPpm(int epoch, int epochs) {
        return switch (this) {
            case Drop(long loss) -> loss;
            case OnOff(int good, int bad, long loss) -> (epoch - 1) % (good + bad) < good ? HONEST_LOSS : loss;
            case Selective _ -> HONEST_LOSS;
            case Decay(long loss) -> loss * epoch / epochs;
            case Ghost(long loss) -> loss;
            case Dark(long loss) -> loss;
        };
    }

    /** What a lost item looks like. */
    default Answer whenLost() {
        return switch (this) {
            case Ghost _ -> Answer.HANGS;
            case Dark _ -> Answer.DARK;
            case Drop _, OnOff _, Selective _, Decay _ -> Answer.FAILS;
        };
    }

    /** Whether the store turns this inspector away. */
    default boolean refuses(Coin coin, int store, int inspector, boolean anchor) {
        return this instanceof Selective(long refused, boolean servesAnchors)
                && !(servesAnchors && anchor)
                && coin.falls(refused, About.REFUSAL, store, inspector, 0);
    }
}
