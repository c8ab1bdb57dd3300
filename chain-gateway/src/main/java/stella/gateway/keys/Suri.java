package stella.gateway.keys;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import stella.gateway.crypto.Blake2;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.Bytes;

/**
 * A secret URI: {@code <phrase or 0x seed>//hard/soft///password}, each part optional. Without a phrase the development phrase
 * stands for it, whose keys everybody knows.
 */
record Suri(Bytes miniSecret, List<Junction> path) {
    static final String DEVELOPMENT_PHRASE = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";

    private static final int LENGTH_MAX = 1024;
    private static final Pattern FORM = Pattern.compile("([\\w ]+)?((?://?[^/]+)*)(?:///(.*))?", Pattern.DOTALL);
    private static final Pattern JUNCTION = Pattern.compile("/(/?[^/]+)");
    private static final Pattern NUMBER = Pattern.compile("\\+?\\d+");
    private static final BigInteger U64_MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    /** One step of derivation. */
    record Junction(Bytes chainCode, boolean hard) {}

    static Suri parse(String text) {
        if (text.length() > LENGTH_MAX)
            throw new IllegalArgumentException(
                    "a secret URI has at most " + LENGTH_MAX + " characters, not " + text.length());
        Matcher form = FORM.matcher(text);
        if (!form.matches())
            throw new IllegalArgumentException(
                    "this is no secret URI; its form is: phrase or 0x and 64 hexadecimal digits, then //hard or /soft steps, then ///password");
        String phrase = form.group(1) == null ? DEVELOPMENT_PHRASE : form.group(1);
        String password = form.group(3) == null ? "" : form.group(3);
        byte[] miniSecret = phrase.startsWith("0x") ? seed(phrase.substring(2)) : Mnemonic.miniSecret(phrase, password);
        List<Junction> path = new ArrayList<>();
        for (Matcher step = JUNCTION.matcher(form.group(2)); step.find(); ) path.add(junction(step.group(1)));
        return new Suri(Bytes.owning(miniSecret), List.copyOf(path));
    }

    private static byte[] seed(String digits) {
        if (!digits.matches("[0-9a-fA-F]{64}"))
            throw new IllegalArgumentException(
                    "a seed is 0x and 64 hexadecimal digits; after 0x there are " + digits.length() + " characters");
        return HexFormat.of().parseHex(digits);
    }

    private static Junction junction(String step) {
        boolean hard = step.startsWith("/");
        String code = hard ? step.substring(1) : step;
        byte[] encoded = encode(code);
        return new Junction(
                Bytes.owning(encoded.length > 32 ? Blake2.blake2b256(encoded) : Arrays.copyOf(encoded, 32)), hard);
    }

    /** A step that is a number counts as one: {@code //1} is the number 1, not the letter. */
    private static byte[] encode(String code) {
        ScaleWriter writer = new ScaleWriter();
        if (NUMBER.matcher(code).matches()) {
            BigInteger number = new BigInteger(code);
            if (number.compareTo(U64_MAX) <= 0)
                return writer.unsigned(number, 8).toArray();
        }
        return writer.text(code).toArray();
    }

    @Override
    public String toString() {
        return "secret URI";
    }
}
