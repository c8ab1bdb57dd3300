package stella.protocol.unixfs;

import stella.protocol.cid.Cid;

/**
 * A finished part of a DAG.
 *
 * @param tsize bytes of all its blocks, shared ones counted as often as they are linked
 * @param payload bytes of file content below it
 */
public record Subtree(Cid cid, long tsize, long payload) {}
