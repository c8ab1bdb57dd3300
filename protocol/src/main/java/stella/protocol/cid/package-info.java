/** Content identifiers and what they are written with: varint, multihash, multibase (multiformats). */
@NullMarked
package stella.protocol.cid;

import org.jspecify.annotations.NullMarked;
