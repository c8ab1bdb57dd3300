/**
 * The disk of a Store: {@link stella.node.vault.DiskVault} keeps whole verified pieces, proves their leaves and reads their blocks.
 *
 * <p>Only this package writes below the vault's folder.
 */
@NullMarked
package stella.node.vault;

import org.jspecify.annotations.NullMarked;
