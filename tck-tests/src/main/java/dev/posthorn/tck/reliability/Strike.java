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

    static Strike loneOutage(Duration after) {
        return new Strike(after, Fault.LONE_OUTAGE, 0, Fault.LONE_OUTAGE.longest());
    }

    /** No two faults happen to it at once. Operators and applications do several things at once, but none of them twice. */
    String victim() {
        return switch (fault.target()) {
            case NODE -> "NODE " + node;
            case DATABASE, BROKER -> fault.target().name();
            case OPERATOR, APPLICATION -> fault.name();
        };
    }

    Strike onNode(int otherNode) {
        return new Strike(after, fault, otherNode, length);
    }

    private boolean hasNode() {
        return fault.target() == Target.NODE || fault.target() == Target.APPLICATION;
    }

    @Override
    public String toString() {
        return "%6.1f s: %s%s for %d ms"
                .formatted(after.toMillis() / 1000.0, fault, hasNode() ? " " + node : "", length.toMillis());
    }
}
