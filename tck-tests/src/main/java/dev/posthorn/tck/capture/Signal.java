package dev.posthorn.tck.capture;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;

/** Makes the application's observers do what it asks for. */
@IntegrationEvent(topic = "capture")
public record Signal(@Key String id, Request request) {

    /** What an observer can be asked for. */
    public enum Request {
        NOTHING,
        /** An immediate observer throws. */
        REFUSE,
        /** An immediate observer fires a reaction. */
        REACT,
        /** An immediate observer fires a reaction and then throws. */
        REACT_AND_REFUSE,
        /** The observer of BEFORE_COMPLETION fires a reaction. */
        REACT_BEFORE_COMPLETION
    }
}
