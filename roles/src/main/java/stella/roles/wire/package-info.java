/** Protobuf forms of what roles write down and say to one another; the only place that knows the generated classes. */
@NullMarked
package stella.roles.wire;

import org.jspecify.annotations.NullMarked;
