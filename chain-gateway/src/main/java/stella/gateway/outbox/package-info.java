/**
 * The chain gateway actor: calls of one account, each written down before it is sent, each with exactly one effect.
 *
 * <p>{@link stella.gateway.outbox.Submissions} decides and is pure; {@link stella.gateway.outbox.Outbox} is the event-sourced actor, one per
 * account; {@link stella.gateway.outbox.OutboxChain} is what it needs of a chain client.
 */
@NullMarked
package stella.gateway.outbox;

import org.jspecify.annotations.NullMarked;
