package stella.reputation;

import stella.protocol.Bytes;
import stella.protocol.role.Standing;

/** An inspector while an epoch is worked out; {@link InspectorState} before and after. */
final class Inspector {
    final Bytes id;

    /** Among the inspectors of this epoch, ascending by identifier. */
    final int position;

    final boolean anchor;
    Standing standing;
    long derived;
    long weight;
    long online;
    int age;
    int low;
    int suspensions;
    int until;

    /** Verdicts asked for and revealed in this epoch. */
    int assigned;

    int revealed;

    /** Sum over its subjects of its own darkness above that of the others (ppm), and how many subjects that were. */
    long surplus;

    int heard;
    boolean deaf;

    Inspector(Bytes id, int position, InspectorState state) {
        this.id = id;
        this.position = position;
        anchor = state.anchor();
        standing = state.standing();
        derived = state.derived();
        weight = state.weight();
        online = state.online();
        age = state.age();
        low = state.low();
        suspensions = state.suspensions();
        until = state.until();
    }

    InspectorState state() {
        return new InspectorState(anchor, standing, derived, weight, online, age, low, suspensions, until);
    }
}
