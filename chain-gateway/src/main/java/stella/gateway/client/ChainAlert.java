package stella.gateway.client;

/** What the operator of a program must know about the chain or its nodes; the program itself goes on as safely as it can. */
public sealed interface ChainAlert {
    /**
     * A node calls a block final that cannot follow the last final block known. Nothing is told of finalized blocks until a node
     * agrees with {@code known} again.
     *
     * @param known the last finalized block that was told
     * @param told what the node says comes next
     */
    record FinalityContradicted(BlockRef known, BlockRef told) implements ChainAlert {}

    /** A node agrees with what is known again, and finalized blocks go on with {@code next}. */
    record FinalityRestored(BlockRef next) implements ChainAlert {}

    /** A sentence. */
    default String sentence() {
        return switch (this) {
            case FinalityContradicted(BlockRef known, BlockRef told) ->
                "A node calls block " + told.number() + " " + told.hash() + " final, whose parent is " + told.parent()
                        + ", but block " + known.number() + " " + known.hash()
                        + " was final before. Nothing is acted upon until a node agrees with that. Ask the operators"
                        + " of the chain's nodes; a chain that was begun anew needs a new data folder here.";
            case FinalityRestored(BlockRef next) ->
                "Finalized blocks go on with block " + next.number() + " " + next.hash() + ", as known before.";
        };
    }
}
