/**
 * What the roles need of the world: chain, disk, network, clock and chance, each as a port.
 *
 * <p>Adapters live outside (module {@code node}); the simulator brings its own. Every answer comes as a {@link
 * java.util.concurrent.CompletionStage} that an actor pipes to itself; no port blocks, and none throws for a failure that the
 * world can cause.
 */
@NullMarked
package stella.roles;

import org.jspecify.annotations.NullMarked;
