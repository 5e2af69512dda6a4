package dev.posthorn.jpa.statement;

import dev.posthorn.WhenDead;

/** What {@code posthorn_outbox.when_dead} says. The numbers are stored: they never change. */
public final class WhenDeadColumn {

    static final int BLOCK = 0;
    static final int PARK = 1;
    static final int SKIP = 2;

    private WhenDeadColumn() {}

    public static int code(WhenDead whenDead) {
        return switch (whenDead) {
            case BLOCK -> BLOCK;
            case PARK -> PARK;
            case SKIP -> SKIP;
        };
    }

    static WhenDead of(int code) {
        return switch (code) {
            case BLOCK -> WhenDead.BLOCK;
            case PARK -> WhenDead.PARK;
            case SKIP -> WhenDead.SKIP;
            default -> throw new IllegalArgumentException("is " + code + ", which is none of 0, 1 and 2");
        };
    }

    public static WhenDead read(Object value) {
        return of(Values.integer(value));
    }
}
