package dev.posthorn.benchmarks.run;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.posthorn.benchmarks.run.Scenario.Shape;
import java.util.List;

/**
 * One line of the results. A number that has no meaning for a variant is missing. "Per event" means per transaction where there is no
 * event, and per second and node where there is no load.
 *
 * @param nodes processes that shared the load
 * @param payload how many bytes of JSON an event was to have
 * @param transactionsPerSecond those of the load or, where there is none, those that the database has counted
 * @param eventsPerSecond from the first transaction until everything was received and noted
 * @param latency milliseconds from the return of the transaction's call to the consumer's poll
 * @param processor microseconds per event
 * @param allocatedKilobytesPerEvent by the application's threads on its heap; missing in results from before it was counted
 * @param othersPercent how much of the machine was used by processes that do not belong to the session
 * @param stealPercent how much of a virtual machine its host gave to others
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Result(
        String time,
        Variant variant,
        Database database,
        Workload workload,
        String retention,
        int lingerMillis,
        int nodes,
        int threads,
        int perTransaction,
        int payload,
        int pass,
        int events,
        double transactionsPerSecond,
        Percentiles transaction,
        Double eventsPerSecond,
        Percentiles latency,
        Sql sql,
        double walBytesPerEvent,
        Processor processor,
        double othersPercent,
        double stealPercent,
        double heapPeakMegabytes,
        Double allocatedKilobytesPerEvent,
        Integer payloadBytes,
        Integer lost,
        Integer duplicates,
        Integer orderViolations,
        Long unsettled,
        Long rowsLeft) {

    /** Results from before there could be several nodes, or another database, don't say which there were. */
    Result {
        nodes = Math.max(1, nodes);
        database = database == null ? Database.POSTGRESQL : database;
    }

    /** Milliseconds. */
    record Percentiles(double p50, double p99, double max) {}

    /**
     * The consumer is part of the measuring, not of what is measured.
     *
     * @param compiler the JVM's compiler, which is part of the application's: how far from warm that is
     */
    record Processor(
            double application,
            double compiler,
            @JsonAlias("postgres") double database,
            double kafka,
            double consumer) {

        double applicationWithoutCompiler() {
            return application - compiler;
        }

        double sumWithoutCompiler() {
            return applicationWithoutCompiler() + database + kafka;
        }
    }

    /**
     * Statements per event without BEGIN, COMMIT and SET, in the business transactions and beside them.
     *
     * @param transactionsPerEvent of both kinds
     */
    record Sql(double business, double background, double transactionsPerEvent, List<Statement> statements) {}

    /**
     * @param microsPerEvent in which the database executed it, parsing and planning not included
     * @param blocksPerCall how many blocks of 8 kB it looked at: many, if it searched without an index; missing where nobody counts them
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Statement(String sql, double callsPerEvent, double microsPerEvent, Double blocksPerCall) {}

    Shape shape() {
        return new Shape(workload, threads, perTransaction, payload);
    }

    /** Whether a run is one to be set against: of another variant or of one node alone, in the same round, with the same setting. */
    boolean isBesides(Result other) {
        return (variant == other.variant ? other.nodes == 1 && nodes > 1 : isOfAsManyNodes(other))
                && variant.isComparableWith(other.variant)
                && other.database == database
                && other.pass == pass
                && other.shape().equals(shape())
                && other.retention.equals(retention)
                && other.lingerMillis == lingerMillis;
    }

    private boolean isOfAsManyNodes(Result other) {
        return other.nodes == nodes || !other.variant.runsOnSeveralNodes();
    }

    double statementsPerEvent() {
        return sql.business() + sql.background();
    }

    /** What a figure per event is for a whole transaction. Without events it counts per transaction anyway. */
    double ofTransaction(double figure) {
        return variant.hasNoEvents() ? figure : figure * Math.max(1, perTransaction);
    }

    double transactionsPerSecondOrNaN() {
        return variant.hasTransactions() ? transactionsPerSecond : Double.NaN;
    }

    double transactionMedianOrNaN() {
        return variant.hasTransactions() ? transaction.p50() : Double.NaN;
    }

    double eventsPerSecondOrNaN() {
        return eventsPerSecond == null ? Double.NaN : eventsPerSecond;
    }

    double allocatedOrNaN() {
        return allocatedKilobytesPerEvent == null ? Double.NaN : allocatedKilobytesPerEvent;
    }

    Percentiles latencyOrNaN() {
        return latency == null ? new Percentiles(Double.NaN, Double.NaN, Double.NaN) : latency;
    }

    /** What must not be, if anything is. */
    String problem() {
        if (!variant.relays()) {
            return "";
        }
        boolean keeps = variant.isPosthorn() && !retention.equals("PT0S") && workload != Workload.IDLE;
        long expected = keeps ? events : 0;
        int disorder = variant.keepsOrder() ? orderViolations : 0;
        return lost + duplicates + disorder + unsettled == 0 && rowsLeft == expected
                ? ""
                : "%d lost, %d duplicates, %d out of order, %d not settled, %d rows left instead of %d"
                        .formatted(lost, duplicates, orderViolations, unsettled, rowsLeft, expected);
    }
}
