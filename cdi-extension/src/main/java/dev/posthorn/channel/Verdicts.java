package dev.posthorn.channel;

import dev.posthorn.spi.FailureClassifier.Failure;
import java.util.function.Predicate;

/**
 * Says what a failed send means: is it the event, its destination, or the broker? A failure that says nothing for sure is judged by what was
 * taken of sends that began later. Guarded by the channel's monitor.
 */
final class Verdicts {

    enum Verdict {
        /** Nothing can be sent here any more. */
        CHANNEL,
        /** This event can never be sent. */
        HOPELESS,
        /** This event can't be sent as things are. */
        EVENT,
        /** It seems to be this event: others are taken. */
        PERHAPS_EVENT,
        /** This destination takes nothing. */
        DESTINATION,
        /** Its destination takes nothing, or else the broker is away. */
        DESTINATION_OR_BROKER,
        /** The broker is away. */
        BROKER
    }

    private final Predicate<Entry> isOnlyOneKnown;
    private long lastTaken;

    /** @param isOnlyOneKnown whether there is no other event of the same destination */
    Verdicts(Predicate<Entry> isOnlyOneKnown) {
        this.isOnlyOneKnown = isOnlyOneKnown;
    }

    /** The broker has taken what was sent under this number. */
    void taken(Entry entry, long send) {
        Destination destination = entry.destination;
        destination.lastTaken = Math.max(destination.lastTaken, send);
        lastTaken = Math.max(lastTaken, send);
    }

    Verdict of(Entry entry, Failure failure) {
        return switch (failure) {
            case CHANNEL -> Verdict.CHANNEL;
            case HOPELESS -> Verdict.HOPELESS;
            case EVENT -> Verdict.EVENT;
            case DESTINATION -> Verdict.DESTINATION;
            case BROKER -> Verdict.BROKER;
            case DESTINATION_OR_BROKER -> destinationOrBroker(entry);
            case UNCLEAR -> unclear(entry);
        };
    }

    private Verdict unclear(Entry entry) {
        Destination destination = entry.destination;
        if (destination.lastTaken > entry.firstSend) {
            return Verdict.PERHAPS_EVENT;
        }
        return othersAreTaken(entry) && isSingle(entry) ? Verdict.PERHAPS_EVENT : destinationOrBroker(entry);
    }

    private Verdict destinationOrBroker(Entry entry) {
        return othersAreTaken(entry) || entry.destination.refuses()
                ? Verdict.DESTINATION
                : Verdict.DESTINATION_OR_BROKER;
    }

    private boolean othersAreTaken(Entry entry) {
        return lastTaken > entry.firstSend;
    }

    /** What fails alone says nothing of its destination; what fails as another one has does. */
    private boolean isSingle(Entry entry) {
        return entry.destination.hasOnlyFailedWith(entry) && isOnlyOneKnown.test(entry);
    }
}
