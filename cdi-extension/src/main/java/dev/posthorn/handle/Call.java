package dev.posthorn.handle;

/** A handler, and an event that is of its class. */
record Call(Handler handler, Object event) {}
