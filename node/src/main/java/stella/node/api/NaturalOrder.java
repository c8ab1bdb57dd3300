package stella.node.api;

import java.util.Comparator;

/** Orders names as people count: {@code store-2} before {@code store-10}. */
enum NaturalOrder implements Comparator<String> {
    INSTANCE;

    @Override
    public int compare(String left, String right) {
        int leftDigits = digitsAt(left);
        int rightDigits = digitsAt(right);
        int byStem = left.substring(0, leftDigits).compareTo(right.substring(0, rightDigits));
        if (byStem != 0) return byStem;
        String leftNumber = left.substring(leftDigits);
        String rightNumber = right.substring(rightDigits);
        int byLength = Integer.compare(leftNumber.length(), rightNumber.length());
        return byLength != 0 ? byLength : leftNumber.compareTo(rightNumber);
    }

    /** Where the number at the end begins. */
    private static int digitsAt(String text) {
        int at = text.length();
        while (at > 0 && text.charAt(at - 1) >= '0' && text.charAt(at - 1) <= '9') at--;
        return at;
    }
}
