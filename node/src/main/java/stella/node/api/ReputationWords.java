package stella.node.api;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import stella.protocol.AccountId;
import stella.protocol.Bytes;

/** Sentences of the reputation model with names and addresses instead of identifiers in hexadecimal digits. */
final class ReputationWords {
    private static final Pattern ROLE_IN_HEX = Pattern.compile("\\b0[0-2]([0-9a-f]{64})\\b");
    private static final Pattern ITEM_IN_HEX = Pattern.compile("item ([0-9a-f]{16})([0-9a-f]{64})\\b");
    private static final int HEX = 16;

    private final Names names;

    ReputationWords(Names names) {
        this.names = names;
    }

    List<String> of(List<String> sentences) {
        return sentences.stream().map(this::of).toList();
    }

    private String of(String sentence) {
        String items = ITEM_IN_HEX.matcher(sentence).replaceAll(ReputationWords::item);
        String roles = ROLE_IN_HEX
                .matcher(items)
                .replaceAll(found -> Matcher.quoteReplacement(names.word(new AccountId(Bytes.hex(found.group(1))))));
        return names.inWords(roles);
    }

    /** An item is a deal and a walk through its content. */
    private static String item(java.util.regex.MatchResult found) {
        return "item of deal " + Long.parseUnsignedLong(found.group(1), HEX) + " (walk "
                + found.group(2).substring(0, 8) + "…)";
    }
}
