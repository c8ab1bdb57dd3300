package stella.gateway.crypto;

/** The permutation keccak-f[1600] of FIPS 202, on 25 lanes. STROBE needs it bare, and no library offers it so. */
final class KeccakF {
    private static final long[] ROUND_CONSTANTS = {
        0x0000000000000001L, 0x0000000000008082L, 0x800000000000808AL, 0x8000000080008000L,
        0x000000000000808BL, 0x0000000080000001L, 0x8000000080008081L, 0x8000000000008009L,
        0x000000000000008AL, 0x0000000000000088L, 0x0000000080008009L, 0x000000008000000AL,
        0x000000008000808BL, 0x800000000000008BL, 0x8000000000008089L, 0x8000000000008003L,
        0x8000000000008002L, 0x8000000000000080L, 0x000000000000800AL, 0x800000008000000AL,
        0x8000000080008081L, 0x8000000000008080L, 0x0000000080000001L, 0x8000000080008008L
    };
    private static final int[] ROTATIONS = {
        1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44
    };
    private static final int[] LANES = {
        10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1
    };

    private KeccakF() {}

    static void permute(long[] state) {
        long[] column = new long[5];
        for (long constant : ROUND_CONSTANTS) {
            theta(state, column);
            rhoAndPi(state);
            chi(state, column);
            state[0] ^= constant;
        }
    }

    private static void theta(long[] state, long[] parity) {
        for (int x = 0; x < 5; x++) parity[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
        for (int x = 0; x < 5; x++) {
            long mix = parity[(x + 4) % 5] ^ Long.rotateLeft(parity[(x + 1) % 5], 1);
            for (int y = 0; y < 25; y += 5) state[y + x] ^= mix;
        }
    }

    private static void rhoAndPi(long[] state) {
        long moving = state[1];
        for (int i = 0; i < 24; i++) {
            long displaced = state[LANES[i]];
            state[LANES[i]] = Long.rotateLeft(moving, ROTATIONS[i]);
            moving = displaced;
        }
    }

    private static void chi(long[] state, long[] row) {
        for (int y = 0; y < 25; y += 5) {
            System.arraycopy(state, y, row, 0, 5);
            for (int x = 0; x < 5; x++) state[y + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
        }
    }
}
