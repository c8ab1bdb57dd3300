/** Content on disk: import into CAR files, their indexes and trees, checks of received ones, extraction (clauses CT-3, CT-4, PP-6). */
@NullMarked
package stella.node.content;

import org.jspecify.annotations.NullMarked;
