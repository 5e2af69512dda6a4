package dev.posthorn.tck.reliability;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What can happen to the nodes and to what they need. */
enum Fault {
    KILL_NODE(Target.NODE, 0),
    RESTART_NODE(Target.NODE, 0),
    /** Often for longer than the node time-out. */
    FREEZE_NODE(Target.NODE, 9_000),
    RESTART_DATABASE(Target.DATABASE, 3_000),
    KILL_DATABASE(Target.DATABASE, 3_000),
    KILL_BROKER(Target.BROKER, 4_000),
    FREEZE_BROKER(Target.BROKER, 6_000),
    LOCK_OUTBOX(Target.DATABASE, 4_000),
    LOCK_SETTLED(Target.DATABASE, 4_000),
    LOCK_INBOX(Target.DATABASE, 4_000),
    LOCK_NODES(Target.DATABASE, 4_000),
    RESET_DATABASE_CONNECTIONS(Target.DATABASE, 0),
    RESET_BROKER_CONNECTIONS(Target.BROKER, 0),
    FREEZE_DATABASE_CONNECTIONS(Target.DATABASE, 5_000),
    FREEZE_BROKER_CONNECTIONS(Target.BROKER, 6_000),
    /** Nothing else happens around it, and it is several times as long as the send time-out. */
    LONE_OUTAGE(Target.BROKER, 12_000),
    PAUSE_OUTBOX(Target.OPERATOR, 4_000),
    PAUSE_INBOX(Target.OPERATOR, 4_000),
    PARK_OUTBOX_KEY(Target.OPERATOR, 4_000),
    PARK_INBOX_KEY(Target.OPERATOR, 4_000),
    REQUEUE(Target.OPERATOR, 0),
    DRAIN(Target.OPERATOR, 2_000),
    MISSING_TOPIC(Target.APPLICATION, 20_000),
    FORBIDDEN_TOPIC(Target.APPLICATION, 20_000),
    OBSERVERS_HANG(Target.APPLICATION, 8_000),
    OBSERVERS_THROW(Target.APPLICATION, 8_000),
    HANDLERS_THROW(Target.APPLICATION, 8_000);

    enum Target {
        NODE,
        DATABASE,
        BROKER,
        /** Somebody who intervenes. */
        OPERATOR,
        /** What an application does wrong: nobody else may suffer from it. */
        APPLICATION;

        /** Whether events may have to wait while it happens. */
        boolean delays() {
            return this != APPLICATION;
        }
    }

    private final Target target;
    private final Duration longest;

    Fault(Target target, long longestMillis) {
        this.target = target;
        this.longest = Duration.ofMillis(longestMillis);
    }

    /** What breaks, at any time. */
    static List<Fault> hard() {
        return Arrays.stream(values())
                .filter(each -> each.isHard() && each != LONE_OUTAGE)
                .toList();
    }

    /** What operators and the application itself do meanwhile. */
    static List<Fault> soft() {
        return Arrays.stream(values()).filter(each -> !each.isHard()).toList();
    }

    private boolean isHard() {
        return target == Target.NODE || target == Target.DATABASE || target == Target.BROKER;
    }

    Target target() {
        return target;
    }

    /** How long it lasts at most, before its cure begins. */
    Duration longest() {
        return longest;
    }
}
