/**
 * What nodes serve over HTTP: blocks, files, pieces and possession proofs ({@code interface.md}, "HTTP of a node"; FE-1, FE-2, IN-4).
 *
 * <p>The bytes come through small ports ({@link stella.node.http.BlockSupply}, {@link stella.node.http.PieceShelf}, {@link
 * stella.node.http.LeafProver}), so that this package knows neither disk nor actors. Every request is hostile: addresses, ranges, bodies
 * and pace are bounded.
 */
@NullMarked
package stella.node.http;

import org.jspecify.annotations.NullMarked;
