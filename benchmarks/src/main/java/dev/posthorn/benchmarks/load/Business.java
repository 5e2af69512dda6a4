package dev.posthorn.benchmarks.load;

import java.util.List;

/** One business transaction of a variant. */
public interface Business {

    /**
     * Writes one row, for the first order, and fires an event for each. Returns after the commit.
     *
     * @param orders at least one
     */
    void place(List<OrderPlaced> orders) throws Exception;
}
