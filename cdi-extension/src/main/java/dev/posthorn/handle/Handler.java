package dev.posthorn.handle;

import dev.posthorn.HandlingContext;

/** Handles events of one class. */
interface Handler {

    /** The name that the store remembers; it must be the same in the next start. */
    String name();

    int priority();

    Class<?> eventClass();

    void handle(Object event, HandlingContext context) throws Exception;

    void compensate(Object event, HandlingContext context) throws Exception;
}
