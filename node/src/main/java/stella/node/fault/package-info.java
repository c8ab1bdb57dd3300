/**
 * Misbehaviour on purpose, for dev networks: decorators around what a node serves and proves, switched while it runs ({@code stella
 * fault}).
 *
 * <p>Only the wiring of a dev network uses this package; a node of a real network has no such switch.
 */
@NullMarked
package stella.node.fault;

import org.jspecify.annotations.NullMarked;
