package dev.posthorn.handle;

import dev.posthorn.type.EventType;

/**
 * How events of one type come to one handler.
 *
 * @param read the class that their data is read into: that of the type, whatever the handler takes
 */
record Route(EventType type, Class<?> read, Handler handler) {

    /** Whether each event comes to the handler, be it of a subclass or not. */
    boolean takesAll() {
        return handler.eventClass().isAssignableFrom(read);
    }
}
