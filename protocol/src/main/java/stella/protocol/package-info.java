/** Values every part of Stella shares: bytes, hashes, accounts and amounts. */
@NullMarked
package stella.protocol;

import org.jspecify.annotations.NullMarked;
