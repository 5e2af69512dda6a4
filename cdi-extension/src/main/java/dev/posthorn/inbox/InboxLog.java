package dev.posthorn.inbox;

import dev.posthorn.failure.FailureText;
import dev.posthorn.receive.ReceivedEvent;
import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.InboxId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/** What the inbox tells the operator. */
final class InboxLog {

    private static final Logger LOG = System.getLogger("dev.posthorn.inbox");

    private InboxLog() {}

    static void passFailed(String pass, Throwable error) {
        LOG.log(
                Level.ERROR,
                "POSTHORN-5015 An unexpected error in the " + pass
                        + " pass. It is made again within seconds; please report this.",
                FailureText.printable(error));
    }

    static void failed(InboxEvent event, ReceivedEvent sent, int attempts, Throwable failure, Duration delay) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-5001 {0} could not be handled ({1} attempts by now). Its transaction was rolled back; it is tried again in {3}: {2}",
                text(event, sent),
                attempts,
                FailureText.of(failure),
                delay);
        if (LOG.isLoggable(Level.DEBUG)) {
            LOG.log(Level.DEBUG, "The failure of " + text(event, sent), FailureText.printable(failure));
        }
    }

    static void died(InboxEvent event, ReceivedEvent sent, int attempts, Throwable failure) {
        LOG.log(
                Level.ERROR,
                "POSTHORN-5002 " + text(event, sent) + " is dead after " + attempts
                        + " attempts. It stays in the inbox and is not tried again by itself. Fix the cause, then requeue it, or skip or"
                        + " discard it. Later events of its key: "
                        + (event.key() == null ? "there is no order to keep" : event.whenDead()) + ".",
                FailureText.printable(failure));
    }

    static void notCompensated(InboxEvent event, ReceivedEvent sent, List<String> handlers, Throwable failure) {
        LOG.log(
                Level.ERROR,
                "POSTHORN-5003 " + text(event, sent) + " is dead, and the work of its handlers " + handlers
                        + " could not be compensated. It stays in the inbox. Once it is requeued, compensation is tried again.",
                FailureText.printable(failure));
    }

    static void givenUp(InboxEvent event, ReceivedEvent sent, int attempts, Throwable failure) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-5004 {0} is given up after {1} attempts, as middleware has decided: {2}.",
                text(event, sent),
                attempts,
                FailureText.of(failure));
    }

    static void refused(InboxEvent event, ReceivedEvent sent, Throwable failure) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-5005 {0} is refused to its connector, as middleware has decided: {1}. The failure-strategy of channel"
                        + " ''{2}'' decides what becomes of it.",
                text(event, sent),
                FailureText.of(failure),
                event.channel());
    }

    static void unreadable(InboxEvent event, String error) {
        LOG.log(
                Level.ERROR,
                "POSTHORN-5006 A message of channel ''{0}'' can''t be read: {1} It is kept in the inbox as it came, dead, as id ''{2}''"
                        + " of source ''{3}''. Fix the code or the configuration, then requeue it.",
                event.channel(),
                error,
                event.id().id(),
                event.id().source());
    }

    static void unreadableEntry(InboxEvent event, String problem) {
        LOG.log(
                Level.ERROR,
                "POSTHORN-5022 The entry of channel ''{0}'' with id ''{1}'' of source ''{2}'' can''t be handled: {3} It stays in the inbox,"
                        + " dead. Mend its row, then requeue it, or skip or discard it.",
                event.channel(),
                event.id().id(),
                event.id().source(),
                problem);
    }

    static void unhandled(String channel, String type) {
        LOG.log(
                Level.WARNING,
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

    static void unhandledEntry(String channel, String type) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-5009 Nobody here handles events of type '" + type
                        + "', and the inbox has some, of channel '"
                        + channel
                        + "'. They wait for a node that does. That is said once. Add a handler again, or discard them.");
    }

    static void storeAway(String channel, Task task, Throwable error) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-5010 The inbox does not answer about {1}, which came on channel ''{0}''. Nothing is acknowledged and no"
                        + " attempts are counted; it is tried again. If it is this event again and again, the database does not take it: {2}",
                channel,
                task,
                FailureText.of(error));
    }

    static void storeStillAway(String channel, Task task, Throwable error) {
        LOG.log(
                Level.DEBUG,
                () -> "The inbox does not answer about " + task + " of channel '" + channel + "': "
                        + FailureText.of(error));
    }

    static void failedAfterCommit(Throwable error) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-5011 Middleware threw after the transaction was committed. That changes nothing for the event.",
                FailureText.printable(error));
    }

    static void ended(String channel, String why) {
        LOG.log(
                Level.ERROR,
                "POSTHORN-5012 Nothing more arrives on channel ''{0}'' in this process: {1}. Other nodes go on; here, the application has"
                        + " to be restarted. Look for the connector''s own error above.",
                channel,
                why);
    }

    static void notAnswered(String channel, Throwable error) {
        LOG.log(
                Level.DEBUG,
                () -> "A message of channel '" + channel + "' could not be answered. It may be delivered again: "
                        + FailureText.of(error));
    }

    static void notReleased(String channel, String key, Throwable error) {
        LOG.log(
                Level.DEBUG,
                () -> "Whether key '" + key + "' of channel '" + channel + "' may go on is asked later: "
                        + FailureText.of(error));
    }

    static void taskFailed(Task task, int failures, Throwable error) {
        LOG.log(
                Level.ERROR,
                "POSTHORN-5013 Handling " + task + " failed unexpectedly (failure " + failures + " of "
                        + RepeatableTask.MOST_FAILURES
                        + "). Others go on; it is tried again in a moment. After the last such failure it is kept in the inbox, dead.",
                FailureText.printable(error));
    }

    static void gaveUp(Task task, Throwable error) {
        LOG.log(
                Level.ERROR,
                "POSTHORN-5016 Handling {0} failed unexpectedly too often. It is kept in the inbox, dead. Fix the cause, then requeue"
                        + " it, or skip or discard it: {1}",
                task,
                FailureText.of(error));
    }

    static void notTaken(String channel, Throwable error) {
        LOG.log(
                Level.ERROR,
                "POSTHORN-5017 A message of channel '" + channel
                        + "' could not be taken in, and is refused to its connector. The channel's failure-strategy decides what"
                        + " becomes of it.",
                FailureText.printable(error));
    }

    static void notRead(String channel, Throwable error) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-5018 A message of channel ''{0}'' could not be read when it arrived: {1}. It is read again before it is handled.",
                channel,
                FailureText.of(error));
    }

    static void notSwitched(String channel, boolean paused, Throwable error) {
        LOG.log(
                Level.ERROR,
                "POSTHORN-5019 The connector could not " + (paused ? "pause" : "resume") + " channel '" + channel
                        + "'. It is asked again once a second.",
                FailureText.printable(error));
    }

    static void notClosed(String channel, Throwable error) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-5020 The connector could not close channel '" + channel
                        + "'. The application stops all the same.",
                FailureText.printable(error));
    }

    static void tooManyUnhandled(String channel, int most) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-5021 On channel ''{0}'' there have been events of {1} types that nobody here handles. No more of them are"
                        + " named.",
                channel,
                most);
    }

    static void noThread(Throwable error) {
        LOG.log(Level.DEBUG, () -> "The server gave no thread; it is asked for one again: " + FailureText.of(error));
    }

    private static String text(InboxEvent event, ReceivedEvent sent) {
        return event.type() + " " + event.id().id() + " of " + event.id().source() + sentAs(event.id(), sent)
                + " on channel " + event.channel() + (event.key() == null ? "" : " key " + event.key());
    }

    /** An event that is known by its idempotency key has another id in the log of its sender. */
    private static String sentAs(InboxId id, ReceivedEvent sent) {
        return ChannelContext.isIdempotencyKey(id) ? ", sent as " + sent.id() + " of " + sent.source() + "," : "";
    }
}
