package stella.devchain.trie;

/** How values are put into trie nodes: always whole ({@code V0}), or as their hash when they are 33 bytes or longer ({@code V1}). */
public enum StateVersion {
    V0,
    V1;

    private static final int HASHED_LENGTH_MIN = 33;

    /** The version with this number on the wire; later versions than V1 do not exist. */
    public static StateVersion of(int number) {
        return switch (number) {
            case 0 -> V0;
            case 1 -> V1;
            default -> throw new IllegalArgumentException("state version " + number + " is unknown; 0 and 1 exist");
        };
    }

    boolean hashes(int valueLength) {
        return this == V1 && valueLength >= HASHED_LENGTH_MIN;
    }
}
