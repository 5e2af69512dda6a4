package dev.posthorn.benchmarks.run;

import dev.posthorn.benchmarks.run.Result.Processor;
import dev.posthorn.benchmarks.run.Result.Sql;

/**
 * One line of the results of receiving.
 *
 * @param eventsPerSecond from when the backlog appeared until all of it was handled, and committed where something is written
 * @param handled how often a handler was called
 * @param rows what was written, if anything is; -1: nothing is
 * @param noted what the inbox has noted; -1: there is none
 */
record ReceivingResult(
        String time,
        ReceivingVariant variant,
        int pass,
        int events,
        double eventsPerSecond,
        Sql sql,
        double walBytesPerEvent,
        Processor processor,
        double othersPercent,
        double stealPercent,
        long handled,
        long rows,
        long noted) {

    /** What must not be, if anything is. */
    String problem() {
        boolean good = handled == events && (rows == -1 || rows == events) && (noted == -1 || noted == events);
        return good ? "" : "%d events: handled %d, rows %d, noted %d".formatted(events, handled, rows, noted);
    }
}
