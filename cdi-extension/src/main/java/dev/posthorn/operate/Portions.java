package dev.posthorn.operate;

import java.util.function.IntSupplier;

/** Paging and batching for operators. */
final class Portions {

    private static final int MAX_PAGE = 1000;

    private Portions() {}

    /**
     * The events of a page, for somebody who wants so many.
     *
     * @throws IllegalArgumentException for none
     */
    static int page(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException(
                    "POSTHORN-4033 limit is " + limit + ", but a page has at least one event.");
        }
        return Math.min(limit, MAX_PAGE);
    }

    /**
     * Takes one portion after the other, until there is none. Events that come while this runs are done as well: their order demands it.
     *
     * @return how many they were
     */
    static int untilNone(IntSupplier portion) {
        int all = 0;
        int done = portion.getAsInt();
        while (done > 0) {
            all += done;
            done = portion.getAsInt();
        }
        return all;
    }
}
