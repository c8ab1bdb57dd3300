package stella.reputation;

import stella.protocol.Bytes;

/**
 * One item of the evidence that now stands against a subject.
 *
 * @param value the share of it that failed, ppm
 */
public record OpenItem(int epoch, Bytes item, long value) {
    public OpenItem {
        Range.check("epoch", epoch, 0, Integer.MAX_VALUE);
        Range.check("value", value, 0, Constants.PPM);
    }
}
