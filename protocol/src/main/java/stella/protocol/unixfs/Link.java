package stella.protocol.unixfs;

import stella.protocol.cid.Cid;

/**
 * A link of a dag-pb node.
 *
 * @param name UTF-8; empty inside a file
 * @param tsize bytes of all blocks below, as the maker of the node claims; a hint, never checked
 */
public record Link(Cid cid, String name, long tsize) {}
