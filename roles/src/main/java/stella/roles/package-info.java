/** Ports that the roles need of the world. */
@NullMarked
package stella.roles;

import org.jspecify.annotations.NullMarked;
