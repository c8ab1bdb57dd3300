package stella.gateway.client;

import stella.protocol.Hash;

/** A block by number, hash and the hash of the block before it. */
public record BlockRef(long number, Hash hash, Hash parent) {}
