/** Transactions of a chain: signed, encoded and read back by what its metadata says. Does no I/O. */
@NullMarked
package stella.gateway.extrinsic;

import org.jspecify.annotations.NullMarked;
