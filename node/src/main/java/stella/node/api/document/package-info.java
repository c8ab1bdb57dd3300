/**
 * The JSON documents of the API, read and written by both sides. Keys are stable; amounts are planck as decimal strings, heights are
 * block numbers, accounts are SS58, CIDs are in their usual text form.
 */
@NullMarked
package stella.node.api.document;

import org.jspecify.annotations.NullMarked;
