package dev.posthorn.relay;

import dev.posthorn.channel.DestinationChange;
import dev.posthorn.log.FailureText;
import dev.posthorn.log.Log;
import dev.posthorn.log.Printable;
import dev.posthorn.spi.EventEnvelope;
import dev.posthorn.spi.UnreadableEvent;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the relay tells the operator. */
final class RelayLog {

    private static final Log LOG = Log.of("dev.posthorn.relay");

    private static final int LONGEST_ERROR = 2000;

    private RelayLog() {}

    static void sendFailed(EventEnvelope event, Throwable error) {
        LOG.log(Level.DEBUG, "Sending {0} failed: {1}", event, error);
    }

    static void paused(String channel, Throwable error) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-2001 Channel ''{0}'' can''t reach its broker: {1}. Events wait, in order, and no attempts are counted; the"
                        + " channel probes and goes on by itself when the broker answers.",
                channel,
                itself(error));
    }

    static void counted(EventEnvelope event, int attempts, Duration delay, Throwable error) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-2002 {0} could not be sent ({1} attempts by now): {2}. It is tried again in {3}; events of its key wait for it.",
                event,
                attempts,
                itself(error),
                delay);
    }

    static void died(EventEnvelope event, int attempts, Throwable error) {
        LOG.log(
                Level.ERROR,
                "POSTHORN-2006 {0} is dead after {1} attempts: {2}. It stays in the table and is not tried again by itself. Mend what is"
                        + " wrong, then requeue it, or skip or discard it. Later events of its key: {3}.",
                event,
                attempts,
                itself(error),
                event.orderKey() == null ? "there is no order to keep" : event.whenDead());
    }

    static void unreadable(UnreadableEvent event) {
        LOG.log(
                Level.ERROR,
                "POSTHORN-2020 Event {0} of channel ''{1}'', number {2} in the store, can''t be sent: {3} It stays in the table, dead. Mend its"
                        + " row, then requeue it, or skip or discard it. Later events of its key wait for it, unless it has no order or its"
                        + " when_dead says otherwise.",
                event.event().id(),
                event.event().channel(),
                Long.toString(event.seq()),
                Printable.upTo(LONGEST_ERROR, event.error()));
    }

    static void numbersUnusable(@Nullable List<Long> answer, int events) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-2021 The EventStore has answered to append {0} events with {1}, which are not their numbers, ascending from 1. The"
                        + " events are stored, and are read from the table to be sent: that is slower. Mend the store; this is said once.",
                events,
                answer);
    }

    static void cancelled(String channel, Throwable error) {
        LOG.log(
                Level.ERROR,
                "POSTHORN-2007 Channel ''{0}'' can''t send anything any more in this process: {1}. Its events are given up to other nodes;"
                        + " if there are none, they wait until this application starts again.",
                channel,
                itself(error));
    }

    static void leftToOthers(String channel) {
        LOG.log(
                Level.ERROR,
                "POSTHORN-2009 Channel ''{0}'' can''t reach its broker from here, although other nodes deliver on it. Its events are left"
                        + " to them; it is tried here again from time to time. See what is different here: network, credentials, settings.",
                channel);
    }

    static void triedAgain(String channel) {
        LOG.log(
                Level.INFO,
                "POSTHORN-2010 Channel ''{0}'', whose events were left to other nodes, is tried here again.",
                channel);
    }

    static void destination(String channel, DestinationChange change) {
        Throwable error = change.error();
        if (error == null) {
            LOG.log(
                    Level.INFO,
                    "POSTHORN-2014 Topic ''{0}'' of channel ''{1}'' takes events again: those that have waited for it are sent, in order.",
                    change.topic(),
                    channel);
        } else {
            LOG.log(
                    Level.WARNING,
                    "POSTHORN-2013 Topic ''{0}'' of channel ''{1}'' takes nothing: {2}. Its events wait, in order, and no attempts are"
                            + " counted; it is probed, and goes on by itself. Other topics are not affected. See whether it exists, and"
                            + " whether this application may write to it.",
                    change.topic(),
                    channel,
                    itself(error));
        }
    }

    static void classifierFailed(Throwable error) {
        LOG.log(
                Level.WARNING,
                error,
                "POSTHORN-2008 The FailureClassifier threw, or returned null. What it should have judged counts as unclear. Mend it; this is"
                        + " said once.");
    }

    /** A store that is away throws exceptions; an Error is worth its stack trace. */
    static void sayIfError(String what, Throwable error) {
        if (error instanceof Error) {
            LOG.log(
                    Level.ERROR,
                    error,
                    "POSTHORN-2003 The store could not {0}. Nothing is lost; it is tried again within seconds.",
                    what);
        }
    }

    static void passFailed(String pass, Throwable error) {
        LOG.log(
                Level.ERROR,
                error,
                "POSTHORN-2004 An unexpected error in the {0} pass. It is made again within seconds; please report this.",
                pass);
    }

    static void listenerFailed(Throwable error) {
        LOG.log(
                Level.WARNING,
                error,
                "POSTHORN-2005 An observer of a notification threw. The event itself is not affected; observers should handle what"
                        + " they throw.");
    }

    static void dropsNotifications(int most) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-2011 Observers of EventDelivered, EventDeliveryFailed or EventDied are too slow: {0} notifications wait for them,"
                        + " and more are dropped until they catch up. Events are delivered as usual. Let observers hand slow work to other"
                        + " threads.",
                most);
    }

    static void droppedNotifications(long count) {
        LOG.log(
                Level.WARNING,
                "POSTHORN-2012 {0} notifications of delivered, failed or dead events have reached no observer. The events themselves are"
                        + " not affected.",
                count);
    }

    /** Without its causes. */
    private static Printable itself(Throwable error) {
        return Printable.upTo(LONGEST_ERROR, FailureText.ofItself(error));
    }
}
