/**
 * The commands of a user of the network: put, get, cat, ls, deal, request, reputation, fault, doctor. Each speaks to a running node
 * through {@link stella.node.api.client}, and to the gateway as a stranger: what it reads it verifies.
 */
@NullMarked
package stella.node.command;

import org.jspecify.annotations.NullMarked;
