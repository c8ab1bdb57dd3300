/** Fakes of the ports for the tests of this module: a miniature chain, disk, network and chance, all driven by the test. */
@NullMarked
package stella.roles.fakes;

import org.jspecify.annotations.NullMarked;
