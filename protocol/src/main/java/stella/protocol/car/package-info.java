/** CAR files: the unit of a deal is one CARv1 with one root, depth first, without duplicates (clause CT-2). */
@NullMarked
package stella.protocol.car;

import org.jspecify.annotations.NullMarked;
