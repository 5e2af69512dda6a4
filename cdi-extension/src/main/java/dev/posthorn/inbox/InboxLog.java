package dev.posthorn.inbox;

import dev.posthorn.receive.ReceivedEvent;
import dev.posthorn.spi.InboxEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the inbox tells the operator. */
final class InboxLog {

    private static final Logger LOG = System.getLogger("dev.posthorn.inbox");

    /** What is said once of each type and channel. */
    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private InboxLog() {}

    static void passFailed(String pass, Throwable error) {
        LOG.log(
                Level.ERROR,
                "POSTHORN-5015 An unexpected error in the " + pass
                        + " pass. It is made again within seconds; please report this.",
                error);
    }

    static void failed(InboxEvent event, int attempts, Throwable failure, Duration delay) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-5001 {0} could not be handled ({1} attempts by now). Its transaction was rolled back; it is tried again in {3}: {2}",
                text(event),
                attempts,
                Text.of(failure),
                delay);
        LOG.log(Level.DEBUG, "The failure of " + text(event), failure);
    }

    static void died(InboxEvent event, int attempts, Throwable failure) {
        LOG.log(
                Level.ERROR,
                "POSTHORN-5002 " + text(event) + " is dead after " + attempts
                        + " attempts. It stays in the inbox and is not tried again by itself. Mend what is wrong, then requeue it, or skip or"
                        + " discard it. Later events of its key: "
                        + (event.key() == null ? "there is no order to keep" : event.whenDead()) + ".",
                failure);
    }

    static void notCompensated(InboxEvent event, List<String> handlers, Throwable failure) {
        LOG.log(
                Level.ERROR,
                "POSTHORN-5003 " + text(event) + " is dead, and what its handlers " + handlers
                        + " have done could not be made up for. It stays in the inbox; once it is requeued, making up for it is tried again.",
                failure);
    }

    static void givenUp(InboxEvent event, int attempts, Throwable failure) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-5004 {0} is given up after {1} attempts, as middleware has decided: {2}.",
                text(event),
                attempts,
                Text.of(failure));
    }

    static void refused(InboxEvent event, Throwable failure) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-5005 {0} is refused to its connector, as middleware has decided: {1}. What follows from that is for the"
                        + " failure-strategy of channel ''{2}'' to say.",
                text(event),
                Text.of(failure),
                event.channel());
    }

    static void unreadable(InboxEvent event, String error) {
        LOG.log(
                Level.ERROR,
                "POSTHORN-5006 A message of channel ''{0}'' can''t be read: {1} It is kept in the inbox as it came, dead, as id ''{2}''"
                        + " of source ''{3}''. Mend the code or the configuration, then requeue it.",
                event.channel(),
                error,
                event.id().id(),
                event.id().source());
    }

    static void unhandled(String channel, String type) {
        once(
                channel + " " + type,
                "POSTHORN-5007 Nobody here handles events of type '" + type + "', which arrive on channel '" + channel
                        + "': they are acknowledged and dropped. That is said once. Add a handler, or have them refused:"
                        + " posthorn.channel." + channel + ".inbox.unhandled=refuse.");
    }

    static void unhandledRefused(String channel, ReceivedEvent event) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-5008 Nobody here handles {0}, which has arrived on channel ''{1}'': it is refused to the connector, as"
                        + " configured.",
                event,
                channel);
    }

    static void unhandledEntry(String channel, ReceivedEvent event) {
        once(
                "entry " + channel + " " + event.type(),
                "POSTHORN-5009 Nobody here handles events of type '" + event.type()
                        + "', and the inbox has some, of channel '"
                        + channel
                        + "'. They wait for a node that does. That is said once. Add a handler again, or discard them.");
    }

    static void storeAway(String channel, Task task, Throwable error) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-5010 Channel ''{0}'' waits, since its inbox does not answer about {1}. Nothing is acknowledged and no attempts"
                        + " are counted; it goes on by itself. If it is this event again and again, the database does not take it: {2}",
                channel,
                task,
                Text.of(error));
    }

    static void failedAfterCommit(Throwable error) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-5011 Middleware threw after the transaction was committed. The event is handled; nothing follows from that.",
                error);
    }

    static void ended(String channel, String why) {
        LOG.log(
                Level.ERROR,
                "POSTHORN-5012 Nothing more arrives on channel ''{0}'' in this process: {1}. Other nodes go on; here, the application has"
                        + " to be restarted. Look for the connector''s own error above.",
                channel,
                why);
    }

    static void notAcknowledged(String channel, Throwable error) {
        LOG.log(
                Level.DEBUG,
                () -> "A message of channel '" + channel + "' could not be answered. It may be delivered again: "
                        + error);
    }

    static void notReleased(String channel, String key, Throwable error) {
        LOG.log(
                Level.DEBUG,
                () -> "Whether key '" + key + "' of channel '" + channel + "' may go on is asked later: " + error);
    }

    static void pollFailed(Throwable error) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-5014 It could not be asked which events of the inbox are due: {0}. It is asked again.",
                Text.of(error));
    }

    static void taskFailed(Task task, Throwable error) {
        LOG.log(Level.ERROR, "POSTHORN-5013 Handling " + task + " failed unexpectedly. It is tried again.", error);
    }

    static void noThread(Throwable error) {
        LOG.log(Level.DEBUG, "The server gave no thread; it is asked again.", error);
    }

    private static void once(String what, String message) {
        if (SAID.add(what)) {
            LOG.log(Level.WARNING, message);
        }
    }

    private static String text(InboxEvent event) {
        return event.type() + " " + event.id().id() + " of " + event.id().source() + " on channel " + event.channel()
                + (event.key() == null ? "" : " key " + event.key());
    }
}
