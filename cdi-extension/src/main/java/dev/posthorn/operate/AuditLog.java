package dev.posthorn.operate;

import dev.posthorn.log.Log;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/** One line for each intervention: who, what, which, how many. */
final class AuditLog {

    private static final Log LOG = Log.of("dev.posthorn.operator");

    private static final String EVENTS = "events";
    private static final String RECEIVED_EVENTS = "received events";

    private final Supplier<String> caller;

    AuditLog(Supplier<String> caller) {
        this.caller = caller;
    }

    /** What is done to all events that a filter lets through. */
    enum Action {
        REQUEUE("POSTHORN-4001", "requeued", EVENTS),
        SKIP("POSTHORN-4002", "skipped", EVENTS),
        DISCARD("POSTHORN-4003", "discarded", EVENTS),
        REPLAY("POSTHORN-4006", "replayed, as new events,", EVENTS),
        REPLAY_WITH_SAME_IDS("POSTHORN-4007", "replayed, with their ids,", EVENTS),
        REQUEUE_RECEIVED("POSTHORN-4021", "requeued", RECEIVED_EVENTS),
        SKIP_RECEIVED("POSTHORN-4022", "skipped", RECEIVED_EVENTS),
        DISCARD_RECEIVED("POSTHORN-4023", "discarded", RECEIVED_EVENTS),
        FORGET_RECEIVED("POSTHORN-4026", "had the inbox forget", RECEIVED_EVENTS);

        private final String code;
        private final String done;
        private final String what;

        Action(String code, String done, String what) {
            this.code = code;
            this.done = done;
            this.what = what;
        }
    }

    /** Who intervenes; asked on the caller's thread. */
    String caller() {
        return caller.get();
    }

    /**
     * Logs what is done, as far as it comes.
     *
     * @return how many events were changed
     */
    int during(Action action, Record filter, Bulk<?, ?> bulk, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            say(
                    action.code + " {0} " + action.done + " {1} " + action.what + ", then that failed ({3}): {2}.",
                    bulk.count(),
                    filter,
                    e);
            throw e;
        }
        say(action.code + " {0} " + action.done + " {1} " + action.what + ": {2}.", bulk.count(), filter);
        return bulk.count();
    }

    void parked(String channel, String key, int count) {
        say("POSTHORN-4004 {0} parked {1} events of channel ''{2}'', key ''{3}''.", count, channel, key);
    }

    void released(String channel, String key, int count) {
        say("POSTHORN-4005 {0} released {1} events of channel ''{2}'', key ''{3}''.", count, channel, key);
    }

    void parkedReceived(String channel, String key, int count) {
        say("POSTHORN-4024 {0} parked {1} received events of channel ''{2}'', key ''{3}''.", count, channel, key);
    }

    void releasedReceived(String channel, String key, int count) {
        say("POSTHORN-4025 {0} released {1} received events of channel ''{2}'', key ''{3}''.", count, channel, key);
    }

    void paused(String channel, boolean changed) {
        say("POSTHORN-4008 {0} paused channel ''{1}''" + (changed ? "." : ", which was paused already."), channel);
    }

    void resumed(String channel, boolean changed) {
        say("POSTHORN-4009 {0} resumed channel ''{1}''" + (changed ? "." : ", which was not paused."), channel);
    }

    void drained(Set<String> channels, Duration timeout, boolean drained) {
        say(
                "POSTHORN-4010 {0} waited at most {1} for {2} to be drained: "
                        + (drained ? "nothing is unsent." : "not everything was sent in time."),
                timeout,
                channels.isEmpty() ? "all channels" : channels);
    }

    static void suspended(Set<String> channels) {
        LOG.log(
                Level.INFO,
                channels.isEmpty()
                        ? "POSTHORN-4011 This node sends on all channels again: none is paused."
                        : "POSTHORN-4011 This node sends nothing on the channels {0}, which an operator has paused.",
                channels);
    }

    private void say(String message, Object... parameters) {
        Object[] all = new Object[parameters.length + 1];
        all[0] = caller();
        System.arraycopy(parameters, 0, all, 1, parameters.length);
        LOG.log(Level.INFO, message, all);
    }
}
