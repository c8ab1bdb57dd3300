/**
 * The Inspector (clauses IN, RE): looks at what is served, says what it saw, and works out reputation from what all said.
 *
 * <p>{@link stella.roles.inspector.Audit} decides what is to be done at a block and is pure, as are {@link
 * stella.roles.inspector.Census} (the tasks of an epoch), {@link stella.roles.inspector.Inspection} (one look at one item) and
 * {@link stella.roles.inspector.Evaluation} (evidence to reputation). {@link stella.roles.inspector.Inspector} is the actor.
 */
@NullMarked
package stella.roles.inspector;

import org.jspecify.annotations.NullMarked;
