package dev.posthorn.benchmarks.load;

import java.util.function.UnaryOperator;

/**
 * What one run asks of a server.
 *
 * @param variant the transactions to make, by the name that the server knows
 * @param run a number that no other run of the session has
 * @param orders how many transactions
 * @param ratePerSecond in an open loop; 0: each thread goes on as soon as its last transaction has ended
 * @param ordersPerKey how many transactions with the same key one thread makes one after the other
 */
public record LoadRequest(String variant, int run, int orders, int threads, int ratePerSecond, int ordersPerKey) {

    /** How far the ids of one run are from those of the next. */
    public static final long FIRST_ID = 10_000_000L;

    public long firstId() {
        return run * FIRST_ID;
    }

    public String query() {
        return "variant=%s&run=%d&orders=%d&threads=%d&rate=%d&perKey=%d"
                .formatted(variant, run, orders, threads, ratePerSecond, ordersPerKey);
    }

    /** @param parameters gives the value of a parameter of {@link #query} */
    public static LoadRequest of(UnaryOperator<String> parameters) {
        return new LoadRequest(
                parameters.apply("variant"),
                Integer.parseInt(parameters.apply("run")),
                Integer.parseInt(parameters.apply("orders")),
                Integer.parseInt(parameters.apply("threads")),
                Integer.parseInt(parameters.apply("rate")),
                Integer.parseInt(parameters.apply("perKey")));
    }
}
