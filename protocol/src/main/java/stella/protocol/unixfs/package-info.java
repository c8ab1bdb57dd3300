/** Files and directories as DAGs of blocks: dag-pb, UnixFS, import by profile, reading without trust (clause CT-1). */
@NullMarked
package stella.protocol.unixfs;

import org.jspecify.annotations.NullMarked;
