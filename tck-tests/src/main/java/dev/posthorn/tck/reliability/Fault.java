package dev.posthorn.tck.reliability;

import java.time.Duration;

/** What can happen to the nodes and to what they need. */
enum Fault {
    KILL_NODE(Target.NODE, 0),
    /** Often for longer than the node time-out. */
    FREEZE_NODE(Target.NODE, 9_000),
    RESTART_DATABASE(Target.DATABASE, 3_000),
    KILL_DATABASE(Target.DATABASE, 3_000),
    KILL_BROKER(Target.BROKER, 4_000),
    FREEZE_BROKER(Target.BROKER, 6_000),
    LOCK_OUTBOX(Target.DATABASE, 4_000),
    LOCK_INBOX(Target.DATABASE, 4_000),
    LOCK_NODES(Target.DATABASE, 4_000),
    RESET_DATABASE_CONNECTIONS(Target.DATABASE, 0),
    RESET_BROKER_CONNECTIONS(Target.BROKER, 0);

    enum Target {
        NODE,
        DATABASE,
        BROKER
    }

    private final Target target;
    private final Duration longest;

    Fault(Target target, long longestMillis) {
        this.target = target;
        this.longest = Duration.ofMillis(longestMillis);
    }

    Target target() {
        return target;
    }

    /** How long it lasts at most, before its cure begins. */
    Duration longest() {
        return longest;
    }
}
