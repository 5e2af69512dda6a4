package dev.posthorn.tck.post;

/** Tells the beans of this application that a letter is being sent, in the transaction that sends it. */
public record Written(String text) {}
