package stella.devchain.chain;

/** Hears of blocks, in the order in which they come, on the chain's own thread and under its lock: it must not block. */
public interface ChainListener {
    /** {@code block} is there, on the best branch or on another. */
    default void imported(BlockTree.Tip block) {}

    /** {@code block} is the new best block. It need not be a child of the last one. */
    void best(BlockRecord block);

    /** {@code block} and all before it are final, and what does not lead to it is gone. Called for every final block, in their order. */
    void finalized(BlockRecord block);

    /** The storage after the best block was altered from outside. */
    default void altered(BlockRecord block) {
        best(block);
    }

    /** The chain went back to {@code block}, which is best and final now though later blocks were final before. */
    default void rewound(BlockRecord block) {
        best(block);
        finalized(block);
    }
}
