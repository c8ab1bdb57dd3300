package stella.node.transfer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import okhttp3.Response;
import okio.BufferedSource;

/** Bounded, printable words about what a stranger answered. */
final class Texts {
    static final int DETAIL_MAX = 256;

    private Texts() {}

    /** The beginning of an answer's body, fit for a log and a terminal. */
    static String detail(Response response) {
        try {
            BufferedSource body = response.body().source();
            body.request(DETAIL_MAX);
            byte[] head =
                    body.readByteArray(Math.min(DETAIL_MAX, body.getBuffer().size()));
            String text = printable(new String(head, StandardCharsets.UTF_8));
            return text.isEmpty() ? "status " + response.code() : text;
        } catch (IOException e) {
            return "status " + response.code();
        }
    }

    static String printable(String text) {
        String cut = text.length() > DETAIL_MAX ? text.substring(0, DETAIL_MAX) + "…" : text;
        return cut.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
    }

    /** Why a call failed, in words for people. */
    static String reason(IOException failure) {
        if (failure instanceof InterruptedIOException) return "no complete answer in time";
        String message = failure.getMessage();
        return printable(
                message == null || message.isBlank() ? failure.getClass().getSimpleName() : message);
    }
}
