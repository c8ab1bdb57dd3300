package stella.protocol.inspection;

import stella.protocol.Hash;

/** An epoch's seed and first block (clause IN-1). */
public record EpochInfo(long epoch, Hash seed, long firstBlock) {}
