package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.machine.ProcessTimes;
import dev.posthorn.benchmarks.run.Result.Processor;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * Processor time in microseconds.
 *
 * @param application of all its nodes
 * @param stolen what the host of a virtual machine gave to others meanwhile
 * @param available what there was, idle and stolen time included
 */
record Spent(
        long application,
        long compiler,
        long database,
        long kafka,
        long consumer,
        long machine,
        long stolen,
        long available) {

    /** What has been spent up to now. */
    static Spent now(List<Long> servers, DatabaseCounters database, long broker) {
        return new Spent(
                sum(servers, ProcessTimes::of),
                sum(servers, ProcessTimes::ofCompiler),
                database.processorTime(),
                ProcessTimes.of(broker),
                ProcessTimes.of(ProcessHandle.current().pid()),
                ProcessTimes.ofMachine(),
                ProcessTimes.stolen(),
                ProcessTimes.available());
    }

    private static long sum(List<Long> processes, LongUnaryOperator time) {
        return processes.stream().mapToLong(time::applyAsLong).sum();
    }

    Spent minus(Spent before) {
        return new Spent(
                application - before.application,
                Math.max(0, compiler - before.compiler),
                database - before.database,
                kafka - before.kafka,
                consumer - before.consumer,
                machine - before.machine,
                stolen - before.stolen,
                available - before.available);
    }

    Processor perEvent(int events) {
        return new Processor(
                Measurement.rounded((double) application / events),
                Measurement.rounded((double) compiler / events),
                Measurement.rounded((double) database / events),
                Measurement.rounded((double) kafka / events),
                Measurement.rounded((double) consumer / events));
    }

    double othersPercent() {
        return percent(machine - application - database - kafka - consumer);
    }

    double stealPercent() {
        return percent(stolen);
    }

    private double percent(long time) {
        return available == 0 ? 0 : Measurement.rounded(100.0 * Math.max(0, time) / available);
    }
}
