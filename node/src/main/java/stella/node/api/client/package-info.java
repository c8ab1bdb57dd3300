/** The client of the API: finds the running node and speaks to it. Used by {@link stella.node.command}. */
@NullMarked
package stella.node.api.client;

import org.jspecify.annotations.NullMarked;
