package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.run.Result.Percentiles;
import dev.posthorn.benchmarks.run.Result.Processor;
import dev.posthorn.benchmarks.run.Result.Sql;
import dev.posthorn.benchmarks.run.Result.Statement;
import java.util.List;
import java.util.stream.IntStream;

/** What tests say of a run; the rest of its figures is the same for all. */
record Run(
        Variant variant,
        Workload workload,
        int perTransaction,
        int pass,
        double eventsPerSecond,
        double business,
        double background,
        double medianMillis,
        double walBytes,
        double allocatedKilobytes,
        Processor processor,
        int events,
        List<Statement> statements) {

    static Run of(Variant variant, Workload workload, int perTransaction, int pass) {
        Processor processor = new Processor(600, 100, 500, 80, 50);
        return new Run(variant, workload, perTransaction, pass, 1000, 2, 0, 1, 1000, 50, processor, 1000, List.of());
    }

    Run speed(double perSecond) {
        return new Run(
                variant,
                workload,
                perTransaction,
                pass,
                perSecond,
                business,
                background,
                medianMillis,
                walBytes,
                allocatedKilobytes,
                processor,
                events,
                statements);
    }

    Run sql(double inTransaction, double beside) {
        return new Run(
                variant,
                workload,
                perTransaction,
                pass,
                eventsPerSecond,
                inTransaction,
                beside,
                medianMillis,
                walBytes,
                allocatedKilobytes,
                processor,
                events,
                statements);
    }

    Run cost(double median, double wal, double allocated, Processor time) {
        return new Run(
                variant,
                workload,
                perTransaction,
                pass,
                eventsPerSecond,
                business,
                background,
                median,
                wal,
                allocated,
                time,
                events,
                statements);
    }

    /** So many seconds at rest, and how often each statement was made in them. */
    Run rest(int seconds, int... calls) {
        List<Statement> each = IntStream.of(calls)
                .mapToObj(count -> new Statement("SELECT 1", Measurement.rounded((double) count / seconds), 1, 1.0))
                .toList();
        return new Run(
                variant,
                workload,
                perTransaction,
                pass,
                eventsPerSecond,
                0,
                (double) IntStream.of(calls).sum() / seconds,
                medianMillis,
                walBytes,
                allocatedKilobytes,
                processor,
                seconds,
                each);
    }

    Result result() {
        return new Result(
                "2026-11-22T10:00:00Z",
                variant,
                Database.POSTGRESQL,
                workload,
                "PT0S",
                0,
                1,
                8,
                perTransaction,
                500,
                pass,
                events,
                eventsPerSecond,
                new Percentiles(medianMillis, 2 * medianMillis, 3 * medianMillis),
                eventsPerSecond,
                null,
                new Sql(business, background, 1, statements),
                walBytes,
                processor,
                0,
                0,
                100,
                allocatedKilobytes,
                500,
                0,
                0,
                0,
                0L,
                0L);
    }
}
