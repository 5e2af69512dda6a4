package dev.posthorn.benchmarks.load;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * What one run asks of a server.
 *
 * @param variant the transactions to make, by the name that the server knows
 * @param run a number that no other run of the session has
 * @param eventsBefore how many events of the run come before these, and are other nodes'
 * @param ratePerSecond of transactions in an open loop; 0: each thread goes on as soon as its last transaction has ended
 * @param notBefore when to begin at the earliest, by {@link System#nanoTime}; 0: at once
 */
public record LoadRequest(
        String variant, int run, Events events, int eventsBefore, int threads, int ratePerSecond, long notBefore) {

    /** How far the ids of one run are from those of the next. */
    public static final long FIRST_ID = 10_000_000L;

    /** A whole run, at once. */
    public LoadRequest(String variant, int run, Events events, int threads, int ratePerSecond) {
        this(variant, run, events, 0, threads, ratePerSecond, 0);
    }

    /** What has no events, and expects none. */
    public static LoadRequest nothing(int run) {
        return new LoadRequest("none", run, Events.each(0), 0, 0);
    }

    public long firstId() {
        return run * FIRST_ID;
    }

    /**
     * Shares its threads between nodes, and its events and its rate in proportion; their answers follow each other as the events do. A
     * node for which no thread is left gets nothing.
     */
    public List<LoadRequest> shared(int nodes, long beginning) {
        return IntStream.range(0, nodes)
                .mapToObj(node -> part(threads * node / nodes, threads * (node + 1) / nodes, beginning))
                .filter(part -> part.threads > 0)
                .toList();
    }

    private LoadRequest part(int fromThread, int toThread, long beginning) {
        int from = portion(events.sequences(), fromThread);
        int to = portion(events.sequences(), toThread);
        return new LoadRequest(
                variant,
                run,
                events.with(to - from),
                events.with(from).count(),
                toThread - fromThread,
                portion(ratePerSecond, toThread) - portion(ratePerSecond, fromThread),
                beginning);
    }

    private int portion(int whole, int ofThreads) {
        return (int) ((long) whole * ofThreads / threads);
    }

    public String query() {
        return "variant=%s&run=%d&count=%d&perTransaction=%d&inSequence=%d&oneKey=%b&bytes=%d&eventsBefore=%d&threads=%d&rate=%d&notBefore=%d"
                .formatted(
                        variant,
                        run,
                        events.count(),
                        events.perTransaction(),
                        events.inSequence(),
                        events.oneKey(),
                        events.bytes(),
                        eventsBefore,
                        threads,
                        ratePerSecond,
                        notBefore);
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
                Integer.parseInt(parameters.apply("eventsBefore")),
                Integer.parseInt(parameters.apply("threads")),
                Integer.parseInt(parameters.apply("rate")),
                Long.parseLong(parameters.apply("notBefore")));
    }
}
