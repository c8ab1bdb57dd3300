/** Keys as people handle them: secret URIs, mnemonics, addresses, and the key pair they lead to. */
@NullMarked
package stella.gateway.keys;

import org.jspecify.annotations.NullMarked;
