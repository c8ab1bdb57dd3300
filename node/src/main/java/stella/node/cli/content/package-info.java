/** Commands on content that need no network: CIDs, pieces, CARs, possession proofs. */
@NullMarked
package stella.node.cli.content;

import org.jspecify.annotations.NullMarked;
