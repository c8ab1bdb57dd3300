package stella.roles.inspector;

import stella.protocol.Hash;

/**
 * The last result that a quorum adopted (RE-2), as the chain had it at an epoch's first block.
 *
 * @param epoch whose evidence it is the result of
 * @param digest what was attested
 */
public record Settled(long epoch, Hash digest) {}
