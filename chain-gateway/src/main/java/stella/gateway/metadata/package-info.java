/**
 * What a chain says about itself: its types, pallets and transaction extensions, and values of those types.
 *
 * <p>Metadata comes from outside: it is read strictly and completely, and every type it refers to must be there. Nothing in here
 * does any I/O.
 */
@NullMarked
package stella.gateway.metadata;

import org.jspecify.annotations.NullMarked;
