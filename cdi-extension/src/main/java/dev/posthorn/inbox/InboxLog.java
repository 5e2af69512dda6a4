package dev.posthorn.inbox;

import dev.posthorn.log.Log;
import dev.posthorn.log.Printable;
import dev.posthorn.receive.ReceivedEvent;
import dev.posthorn.spi.InboxEvent;
import dev.posthorn.spi.InboxId;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/** What the inbox tells the operator. */
final class InboxLog {

    private static final Log LOG = Log.of("dev.posthorn.inbox");

    private static final int LONGEST_ERROR = 2000;

    private InboxLog() {}

    static void passFailed(String pass, Throwable error) {
        LOG.log(
                Level.ERROR,
                error,
                "POSTHORN-5015 An unexpected error in the {0} pass. It is made again within seconds; please report this.",
                pass);
    }

    static void failed(InboxEvent event, ReceivedEvent sent, int attempts, Throwable failure, Duration delay) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-5001 {0} could not be handled ({1} attempts by now). Its transaction was rolled back; it is tried again in {3}: {2}",
                new Named(event, sent),
                attempts,
                failure,
                delay);
        LOG.log(Level.DEBUG, failure, "The failure of {0}", new Named(event, sent));
    }

    static void died(InboxEvent event, ReceivedEvent sent, int attempts, Throwable failure) {
        LOG.log(
                Level.ERROR,
                failure,
                "POSTHORN-5002 {0} is dead after {1} attempts. It stays in the inbox and is not tried again by itself. Fix the cause, then"
                        + " requeue it, or skip or discard it. Later events of its key: {2}.",
                new Named(event, sent),
                attempts,
                event.key() == null ? "there is no order to keep" : event.whenDead());
    }

    static void notCompensated(InboxEvent event, ReceivedEvent sent, List<String> handlers, Throwable failure) {
        LOG.log(
                Level.ERROR,
                failure,
                "POSTHORN-5003 {0} is dead, and the work of its handlers {1} could not be compensated. It stays in the inbox. Once it is"
                        + " requeued, compensation is tried again.",
                new Named(event, sent),
                handlers);
    }

    static void givenUp(InboxEvent event, ReceivedEvent sent, int attempts, Throwable failure) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-5004 {0} is given up after {1} attempts, as middleware has decided: {2}.",
                new Named(event, sent),
                attempts,
                failure);
    }

    static void refused(InboxEvent event, ReceivedEvent sent, Throwable failure) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-5005 {0} is refused to its connector, as middleware has decided: {1}. The failure-strategy of channel"
                        + " ''{2}'' decides what becomes of it.",
                new Named(event, sent),
                failure,
                event.channel());
    }

    static void unreadable(InboxEvent event, String error) {
        LOG.log(
                Level.ERROR,
                "POSTHORN-5006 A message of channel ''{0}'' can''t be read: {1} It is kept in the inbox as it came, dead, as id ''{2}''"
                        + " of source ''{3}''. Fix the code or the configuration, then requeue it.",
                event.channel(),
                Printable.upTo(LONGEST_ERROR, error),
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
                Printable.upTo(LONGEST_ERROR, problem));
    }

    static void unhandled(String channel, String type) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-5007 Nobody here handles events of type ''{0}'', which arrive on channel ''{1}'': they are acknowledged and"
                        + " dropped. That is said once. Add a handler, or have them refused: posthorn.channel.{1}.inbox.unhandled=refuse.",
                type,
                channel);
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
                "POSTHORN-5009 Nobody here handles events of type ''{0}'', and the inbox has some, of channel ''{1}''. They wait for a node"
                        + " that does. That is said once. Add a handler again, or discard them.",
                type,
                channel);
    }

    static void storeAway(String channel, Task task, Throwable error) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-5010 The inbox does not answer about {1}, which came on channel ''{0}''. Nothing is acknowledged and no"
                        + " attempts are counted; it is tried again. If it is this event again and again, the database does not take it: {2}",
                channel,
                task,
                error);
    }

    static void storeStillAway(String channel, Task task, Throwable error) {
        LOG.log(Level.DEBUG, "The inbox does not answer about {0} of channel ''{1}'': {2}", task, channel, error);
    }

    static void failedAfterCommit(Throwable error) {
        LOG.log(
                Level.WARNING,
                error,
                "POSTHORN-5011 Middleware threw after the transaction was committed. That changes nothing for the event.");
    }

    static void ended(String channel, String why) {
        LOG.log(
                Level.ERROR,
                "POSTHORN-5012 Nothing more arrives on channel ''{0}'' in this process: {1}. Other nodes go on; here, the application has"
                        + " to be restarted. Look for the connector''s own error above.",
                channel,
                Printable.upTo(LONGEST_ERROR, why));
    }

    static void notAnswered(String channel, Throwable error) {
        LOG.log(
                Level.DEBUG,
                "A message of channel ''{0}'' could not be answered. It may be delivered again: {1}",
                channel,
                error);
    }

    static void notReleased(String channel, String key, Throwable error) {
        LOG.log(
                Level.DEBUG,
                "Whether key ''{0}'' of channel ''{1}'' may go on is asked later: {2}",
                key,
                channel,
                error);
    }

    static void taskFailed(Task task, int failures, Throwable error) {
        LOG.log(
                Level.ERROR,
                error,
                "POSTHORN-5013 Handling {0} failed unexpectedly (failure {1} of {2}). Others go on; it is tried again in a moment. After"
                        + " the last such failure it is kept in the inbox, dead.",
                task,
                failures,
                RepeatableTask.MOST_FAILURES);
    }

    static void gaveUp(Task task, Throwable error) {
        LOG.log(
                Level.ERROR,
                "POSTHORN-5016 Handling {0} failed unexpectedly too often. It is kept in the inbox, dead. Fix the cause, then requeue"
                        + " it, or skip or discard it: {1}",
                task,
                error);
    }

    static void notTaken(String channel, Throwable error) {
        LOG.log(
                Level.ERROR,
                error,
                "POSTHORN-5017 A message of channel ''{0}'' could not be taken in, and is refused to its connector. The channel''s"
                        + " failure-strategy decides what becomes of it.",
                channel);
    }

    static void notRead(String channel, Throwable error) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-5018 A message of channel ''{0}'' could not be read when it arrived: {1}. It is read again before it is handled.",
                channel,
                error);
    }

    static void notSwitched(String channel, boolean paused, Throwable error) {
        LOG.log(
                Level.ERROR,
                error,
                "POSTHORN-5019 The connector could not {0} channel ''{1}''. It is asked again once a second.",
                paused ? "pause" : "resume",
                channel);
    }

    static void notClosed(String channel, Throwable error) {
        LOG.log(
                Level.WARNING,
                error,
                "POSTHORN-5020 The connector could not close channel ''{0}''. The application stops all the same.",
                channel);
    }

    static void tooManyUnhandled(String channel, int most) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-5021 On channel ''{0}'' there have been events of {1} types that nobody here handles. No more of them are"
                        + " named.",
                channel,
                most);
    }

    static void known(String channel, InboxId id) {
        LOG.log(
                Level.DEBUG,
                "Dropped on channel ''{0}'', since the inbox knows it ({1}): id ''{2}'' of source ''{3}''.",
                channel,
                Identity.of(id),
                id.id(),
                id.source());
    }

    static void noThread(Throwable error) {
        LOG.log(Level.DEBUG, "The server gave no thread; it is asked for one again: {0}", error);
    }

    /** An event as the inbox knows it, and as its sender does. */
    private record Named(InboxEvent entry, ReceivedEvent sent) {

        @Override
        public String toString() {
            InboxId id = entry.id();
            return Printable.text(entry.type()) + " " + Printable.text(id.id()) + " of " + Printable.text(id.source())
                    + (Identity.of(id) == Identity.BUSINESS ? sentAs() : "")
                    + " on channel " + Printable.text(entry.channel())
                    + (entry.key() == null ? "" : " key " + Printable.text(entry.key()));
        }

        /** An event that is known by its idempotency key has another id in the log of its sender. */
        private String sentAs() {
            return ", sent as " + Printable.text(sent.id()) + " of " + Printable.text(sent.source()) + ",";
        }
    }
}
