/**
 * The typed face of {@code pallet-stella}: its calls, events, storage and constants in the protocol's own values.
 *
 * <p>Everything goes through the chain's metadata, so a pallet that differs is noticed by name ({@link
 * stella.gateway.stella.StellaFace#check}) and never misread by position.
 */
@NullMarked
package stella.gateway.stella;

import org.jspecify.annotations.NullMarked;
