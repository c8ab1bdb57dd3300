package stella.node.api.document;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Amounts for people: always with the symbol. */
public final class Amounts {
    /** 1 STL is 10^12 planck. */
    public static final int DECIMALS = 12;

    public static final String SYMBOL = "STL";

    private static final int WHOLE_DIGITS_MAX = 20;

    private Amounts() {}

    /** All digits that count, for example {@code 0.25 STL}; nothing is rounded. */
    public static String text(BigInteger planck) {
        BigDecimal amount = new BigDecimal(planck, DECIMALS).stripTrailingZeros();
        return (amount.scale() < 0 ? amount.setScale(0) : amount).toPlainString() + " " + SYMBOL;
    }

    /**
     * Reads {@code 1.5}, {@code 1.5STL} or {@code 1.5 STL}, or planck as {@code 1500planck}.
     *
     * @throws IllegalArgumentException with a sentence, also for more decimals than there are planck
     */
    public static BigInteger parse(String text) {
        String number = text.strip();
        boolean planck = number.endsWith("planck");
        if (planck)
            number = number.substring(0, number.length() - "planck".length()).strip();
        else if (number.endsWith(SYMBOL))
            number = number.substring(0, number.length() - SYMBOL.length()).strip();
        if (!number.matches("\\d{1," + WHOLE_DIGITS_MAX + "}(\\.\\d{1," + DECIMALS + "})?")
                || (planck && number.contains(".")))
            throw new IllegalArgumentException(
                    "'" + text + "' is no amount: write for example 0.25, 0.25STL or 250planck, with at most "
                            + DECIMALS + " decimals");
        return planck
                ? new BigInteger(number)
                : new BigDecimal(number).movePointRight(DECIMALS).toBigIntegerExact();
    }
}
