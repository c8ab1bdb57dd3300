package stella.node.content;

import stella.protocol.cid.Cid;
import stella.protocol.piece.Piece;

/**
 * A file or directory that became a piece.
 *
 * @param root names the content, the only root of the CAR
 * @param piece commitment to the CAR
 * @param carBytes length of the CAR
 * @param contentBytes bytes of all files, repeated ones counted each time
 * @param blocks different blocks in the CAR
 */
public record Imported(Cid root, Piece piece, long carBytes, long contentBytes, int blocks) {}
