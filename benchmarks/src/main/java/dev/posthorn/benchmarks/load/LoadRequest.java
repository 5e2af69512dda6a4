package dev.posthorn.benchmarks.load;

import java.util.function.UnaryOperator;

/**
 * What one run asks of a server.
 *
 * @param variant the transactions to make, by the name that the server knows
 * @param run a number that no other run of the session has
 * @param ratePerSecond of transactions in an open loop; 0: each thread goes on as soon as its last transaction has ended
 */
public record LoadRequest(String variant, int run, Events events, int threads, int ratePerSecond) {

    /** How far the ids of one run are from those of the next. */
    public static final long FIRST_ID = 10_000_000L;

    /** What has no events, and expects none. */
    public static LoadRequest nothing(int run) {
        return new LoadRequest("none", run, Events.each(0), 0, 0);
    }

    public long firstId() {
        return run * FIRST_ID;
    }

    public String query() {
        return "variant=%s&run=%d&count=%d&perTransaction=%d&inSequence=%d&oneKey=%b&bytes=%d&threads=%d&rate=%d"
                .formatted(
                        variant,
                        run,
                        events.count(),
                        events.perTransaction(),
                        events.inSequence(),
                        events.oneKey(),
                        events.bytes(),
                        threads,
                        ratePerSecond);
    }

    /** @param parameters gives the value of a parameter of {@link #query} */
    public static LoadRequest of(UnaryOperator<String> parameters) {
        return new LoadRequest(
                parameters.apply("variant"),
                Integer.parseInt(parameters.apply("run")),
                new Events(
                        Integer.parseInt(parameters.apply("count")),
                        Integer.parseInt(parameters.apply("perTransaction")),
                        Integer.parseInt(parameters.apply("inSequence")),
                        Boolean.parseBoolean(parameters.apply("oneKey")),
                        Integer.parseInt(parameters.apply("bytes"))),
                Integer.parseInt(parameters.apply("threads")),
                Integer.parseInt(parameters.apply("rate")));
    }
}
