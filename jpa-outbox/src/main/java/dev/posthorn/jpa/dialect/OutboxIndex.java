package dev.posthorn.jpa.dialect;

/** The indexes of the outbox that statements are made for. */
public enum OutboxIndex {
    /** What an owner has, in the order of its numbers. */
    OWNER("_owner"),
    /** What is unfinished in a key, in the order of its numbers. */
    TURN("_turn"),
    /** What is in a state. */
    STATE("_state");

    private final String suffix;

    OutboxIndex(String suffix) {
        this.suffix = suffix;
    }

    String of(String table) {
        return Tables.index(table, suffix);
    }
}
