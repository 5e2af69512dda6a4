package dev.posthorn.jpa;

import dev.posthorn.WhenDead;
import dev.posthorn.jpa.statement.RowState;

/** What may be in a row of the outbox that somebody has changed by hand. */
enum Damage {
    TIME("event_time = 'yesterday'", "event_time is 'yesterday', which is no time"),
    EMPTY_TIME("event_time = ''", "event_time is '', which is no time"),
    HEADERS_NO_JSON("headers = 'x'", "headers is no JSON object of texts"),
    HEADERS_NUMBER("headers = '42'", "headers is no JSON object of texts"),
    HEADERS_ARRAY("headers = '[\"a\"]'", "headers is no JSON object of texts"),
    HEADERS_OF_NUMBERS("headers = '{\"a\":1}'", "headers is no JSON object of texts"),
    HEADERS_CUT("headers = '{\"a\":\"1'", "headers is no JSON object of texts"),
    WHEN_DEAD("when_dead = 9", "when_dead is 9, which is none of 0, 1 and 2"),
    ORDERED("ordered = 7", "ordered is 7, which is neither 0 nor 1");

    final String assignment;
    final String error;

    Damage(String assignment, String problem) {
        this.assignment = assignment;
        this.error = "The row can't be read: " + problem + ".";
    }

    /** What is in the row of an event of which later ones wait for a dead one, as far as that can be read. */
    RowState whenDead(WhenDead whenDead) {
        return switch (this) {
            case ORDERED -> RowState.DEAD;
            case WHEN_DEAD -> RowState.BLOCKING;
            default ->
                switch (whenDead) {
                    case BLOCK -> RowState.BLOCKING;
                    case PARK -> RowState.PARKED;
                    case SKIP -> RowState.DEAD;
                };
        };
    }
}
