package dev.posthorn.tck.fate;

/** Tells the beans of the application that a transaction is about to complete. */
record Closing(String id) {}
