/** Pieces: what a deal is about, and their commitment (clause CT-2). */
@NullMarked
package stella.protocol.piece;

import org.jspecify.annotations.NullMarked;
