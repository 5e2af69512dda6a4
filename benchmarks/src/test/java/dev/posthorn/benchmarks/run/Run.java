package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.run.Result.Percentiles;
import dev.posthorn.benchmarks.run.Result.Processor;
import dev.posthorn.benchmarks.run.Result.Sql;
import java.util.List;

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
        Processor processor) {

    static Run of(Variant variant, Workload workload, int perTransaction, int pass) {
        Processor processor = new Processor(600, 100, 500, 80, 50);
        return new Run(variant, workload, perTransaction, pass, 1000, 2, 0, 1, 1000, 50, processor);
    }

    Run speed(double events) {
        return new Run(
                variant,
                workload,
                perTransaction,
                pass,
                events,
                business,
                background,
                medianMillis,
                walBytes,
                allocatedKilobytes,
                processor);
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
                processor);
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
                time);
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
                1000,
                eventsPerSecond,
                new Percentiles(medianMillis, 2 * medianMillis, 3 * medianMillis),
                eventsPerSecond,
                null,
                new Sql(business, background, 1, List.of()),
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
