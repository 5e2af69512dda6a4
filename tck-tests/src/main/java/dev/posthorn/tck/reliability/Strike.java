package dev.posthorn.tck.reliability;

import dev.posthorn.tck.reliability.Fault.Target;
import java.time.Duration;

/**
 * A fault that is going to happen.
 *
 * @param after the beginning of all faults
 * @param node which one, if it happens to a node
 */
record Strike(Duration after, Fault fault, int node, Duration length) {

    /** No two faults happen to it at once. */
    String victim() {
        return fault.target() == Target.NODE ? "NODE " + node : fault.target().name();
    }

    Strike onNode(int otherNode) {
        return new Strike(after, fault, otherNode, length);
    }

    @Override
    public String toString() {
        return "%6.1f s: %s%s for %d ms"
                .formatted(
                        after.toMillis() / 1000.0,
                        fault,
                        fault.target() == Target.NODE ? " " + node : "",
                        length.toMillis());
    }
}
