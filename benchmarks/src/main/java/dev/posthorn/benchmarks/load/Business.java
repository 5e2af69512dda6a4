package dev.posthorn.benchmarks.load;

/** One business transaction of a variant. */
public interface Business {

    /** Returns after the commit. */
    void place(OrderPlaced order) throws Exception;
}
