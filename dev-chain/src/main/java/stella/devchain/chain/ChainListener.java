package stella.devchain.chain;

/** Hears of blocks, in the order in which they come, on the chain's own thread: it must not block. */
public interface ChainListener {
    /** {@code block} is the new best block. */
    void best(BlockRecord block);

    /** {@code block} and all before it are final. */
    void finalized(BlockRecord block);
}
