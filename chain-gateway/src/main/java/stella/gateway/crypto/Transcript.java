package stella.gateway.crypto;

import java.nio.charset.StandardCharsets;

/**
 * A Merlin v1.0 transcript over STROBE-128: both sides of a proof feed the same labelled messages and draw the same challenges.
 * Of STROBE only what Merlin uses is here: meta-AD, AD and PRF. For one thread.
 */
final class Transcript {
    private static final int RATE = 166;
    private static final int FLAG_I = 1;
    private static final int FLAG_A = 2;
    private static final int FLAG_C = 4;
    private static final int FLAG_M = 16;
    private static final int FLAG_K = 32;

    private final byte[] state = new byte[200];
    private final long[] lanes = new long[25];
    private int position;
    private int operationBegin;

    Transcript(String label) {
        byte[] header = {1, (byte) (RATE + 2), 1, 0, 1, 96};
        System.arraycopy(header, 0, state, 0, header.length);
        byte[] version = ascii("STROBEv1.0.2");
        System.arraycopy(version, 0, state, header.length, version.length);
        permute();
        begin(FLAG_M | FLAG_A);
        absorb(ascii("Merlin v1.0"));
        message("dom-sep", ascii(label));
    }

    Transcript message(String label, byte[] message) {
        labelled(label, message.length);
        begin(FLAG_A);
        absorb(message);
        return this;
    }

    byte[] challenge(String label, int count) {
        labelled(label, count);
        begin(FLAG_I | FLAG_A | FLAG_C);
        return squeeze(count);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void labelled(String label, int length) {
        begin(FLAG_M | FLAG_A);
        absorb(ascii(label));
        // the length continues the same meta-AD operation, so no new one begins
        absorb(new byte[] {(byte) length, (byte) (length >> 8), (byte) (length >> 16), (byte) (length >> 24)});
    }

    private void begin(int flags) {
        int previous = operationBegin;
        operationBegin = position + 1;
        absorb(new byte[] {(byte) previous, (byte) flags});
        if ((flags & (FLAG_C | FLAG_K)) != 0 && position != 0) runF();
    }

    private void absorb(byte[] data) {
        for (byte b : data) {
            state[position] ^= b;
            if (++position == RATE) runF();
        }
    }

    private byte[] squeeze(int count) {
        byte[] out = new byte[count];
        for (int i = 0; i < count; i++) {
            out[i] = state[position];
            state[position] = 0;
            if (++position == RATE) runF();
        }
        return out;
    }

    private void runF() {
        state[position] ^= (byte) operationBegin;
        state[position + 1] ^= 0x04;
        state[RATE + 1] ^= (byte) 0x80;
        permute();
        position = 0;
        operationBegin = 0;
    }

    private void permute() {
        for (int i = 0; i < lanes.length; i++) {
            long lane = 0;
            for (int j = 7; j >= 0; j--) lane = (lane << 8) | (state[8 * i + j] & 0xff);
            lanes[i] = lane;
        }
        KeccakF.permute(lanes);
        for (int i = 0; i < state.length; i++) state[i] = (byte) (lanes[i / 8] >>> (8 * (i % 8)));
    }
}
