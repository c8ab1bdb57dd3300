/**
 * The HTTP API of a node under {@code /api/v1} and {@code /health} ({@code interface.md}, "HTTP of a node").
 *
 * <p>It reads the chain through {@link stella.roles.Ledger} (finalized state only) and reaches the rest of the program through
 * {@link stella.node.api.Network} alone. Its JSON is in {@link stella.node.api.document}, its client in {@link
 * stella.node.api.client}.
 */
@NullMarked
package stella.node.api;

import org.jspecify.annotations.NullMarked;
