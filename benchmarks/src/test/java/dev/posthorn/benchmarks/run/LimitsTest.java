package dev.posthorn.benchmarks.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsTest {

    @Test
    void whatIsUsualPasses() {
        assertPasses(
                with(Workload.THROUGHPUT, 1, 1).speed(1400).sql(2, 0.18),
                direct(Workload.THROUGHPUT, 1, 1).speed(2400),
                with(Workload.THROUGHPUT, 10, 1).speed(4200).sql(0.2, 0.1),
                direct(Workload.THROUGHPUT, 10, 1).speed(15_000),
                with(Workload.HOTKEY, 1, 1).speed(300).sql(2, 0.43),
                direct(Workload.HOTKEY, 1, 1).speed(2900));
    }

    @Test
    void aSlowMachinePasses() {
        assertPasses(
                with(Workload.THROUGHPUT, 1, 1).speed(12).sql(2, 0.8),
                direct(Workload.THROUGHPUT, 1, 1).speed(60));
    }

    @Test
    void oneMoreStatementInEachTransactionFails() {
        assertFails(
                "statements in each business transaction: 3.00 in the best run, more than 2.50.",
                with(Workload.THROUGHPUT, 1, 1).sql(3, 0.2));
        assertFails(
                "10 per transaction, 500 bytes: statements in each business transaction: 3.00",
                with(Workload.THROUGHPUT, 10, 1).sql(0.3, 0.1));
    }

    @Test
    void aRelayWithoutBatchesFails() {
        assertFails(
                "statements of the relay for each event: 2.10 in the best run, more than 1.00.",
                with(Workload.HOTKEY, 1, 1).sql(2, 2.1));
    }

    @Test
    void whatIsUsualAtRestPasses() {
        assertPasses(idle(Variant.WITH, 5, 5));
    }

    @Test
    void whatComesOnceAMinutePassesAtRest() {
        assertPasses(idle(Variant.WITH, 5, 5, 3, 1, 1, 1, 1));
    }

    @Test
    void moreStatementsAtRestFail() {
        assertFails(
                "with PT0S, postgresql, idle: statements per second and node that has nothing to do: 2.22 in the best run, more than 1.50.",
                idle(Variant.WITH, 5, 5, 5, 5));
    }

    @Test
    void whatPosthornIsComparedWithMayPollAsItLikes() {
        assertPasses(idle(Variant.POLLER, 180));
    }

    @Test
    void aCollapseFails() {
        assertFails(
                "events per second, as a part of those of 'direct': 0.05 in the best run, less than 0.06.",
                with(Workload.THROUGHPUT, 1, 1).speed(120),
                direct(Workload.THROUGHPUT, 1, 1).speed(2400));
        assertFails(
                "10 per transaction, 500 bytes: events per second, as a part of those of 'direct': 0.02",
                with(Workload.THROUGHPUT, 10, 1).speed(300),
                direct(Workload.THROUGHPUT, 10, 1).speed(15_000));
    }

    @Test
    void oneDisturbedRunOfTwoPasses() {
        assertPasses(
                with(Workload.THROUGHPUT, 1, 1).speed(100).sql(2, 1.5),
                direct(Workload.THROUGHPUT, 1, 1).speed(2400),
                with(Workload.THROUGHPUT, 1, 2).speed(1400).sql(2, 0.2),
                direct(Workload.THROUGHPUT, 1, 2).speed(2400));
    }

    @Test
    void aHotKeyIsNotHeldToTheSpeedOfWhatDoesNotWait() {
        assertPasses(
                with(Workload.HOTKEY, 1, 1).speed(100),
                direct(Workload.HOTKEY, 1, 1).speed(2900));
    }

    @Test
    void whatPosthornIsComparedWithHasNoLimits() {
        assertPasses(direct(Workload.THROUGHPUT, 1, 1).sql(9, 9));
    }

    @Test
    void saysWhatToDo() {
        String message = Limits.broken(results(with(Workload.THROUGHPUT, 1, 1).sql(3, 0.2)))
                .get(0);

        assertTrue(
                message.startsWith("with PT0S, postgresql, throughput, 8 threads, 1 per transaction, 500 bytes: "),
                message);
        assertTrue(message.contains("'### Statements' in the report has them"), message);
        assertTrue(message.endsWith("change the limit in Limits.java and say why in docs/benchmarks.md."), message);
    }

    private static void assertPasses(Run... runs) {
        assertEquals(List.of(), Limits.broken(results(runs)));
    }

    private static void assertFails(String expected, Run... runs) {
        List<String> broken = Limits.broken(results(runs));

        assertEquals(1, broken.size(), broken::toString);
        assertTrue(broken.get(0).contains(expected), broken.get(0));
    }

    private static List<Result> results(Run... runs) {
        return List.of(runs).stream().map(Run::result).toList();
    }

    private static Run with(Workload workload, int perTransaction, int pass) {
        return Run.of(Variant.WITH, workload, perTransaction, pass).speed(1400).sql(2.0 / perTransaction, 0.2);
    }

    private static Run idle(Variant variant, int... calls) {
        return Run.of(variant, Workload.IDLE, 0, 1).rest(9, calls);
    }

    private static Run direct(Workload workload, int perTransaction, int pass) {
        return Run.of(Variant.DIRECT, workload, perTransaction, pass)
                .speed(2400)
                .sql(2, 0);
    }
}
