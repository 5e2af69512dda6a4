package dev.posthorn.benchmarks.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.posthorn.benchmarks.run.Result.Processor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReportTest {

    /** Of ten events per transaction, what has none counts per transaction, and all else per event. */
    private static final String REPORT = Report.of(Stream.of(
                    run(Variant.WITH).cost(6, 1200, 27, new Processor(150, 50, 60, 50, 9)),
                    run(Variant.WITHOUT).cost(1, 200, 30, new Processor(300, 100, 100, 0, 0)),
                    run(Variant.DIRECT).cost(4, 800, 4, new Processor(30, 0, 40, 20, 9)),
                    run(Variant.INSERTS).cost(3, 700, 3, new Processor(20, 0, 25, 0, 0)))
            .map(Run::result)
            .toList());

    @Test
    void whatAnEventAddsIsATenthOfWhatTenAdd() {
        assertEquals(List.of("80.0", "50.0", "50.0", "180", "1180", "24.0", "0.50"), cells("| with − without |", 7));
    }

    @Test
    void whatAnEventAddsToABaseThatWritesEventsIsTheDifferencePerEvent() {
        assertEquals(List.of("10.0", "15.0", "20.0", "45.0", "100", "1.00", "0.10"), cells("| direct − inserts |", 7));
    }

    @Test
    void ratiosAreOfTransactionsWithAsManyEvents() {
        assertEquals(List.of("7.00", "60.0"), cells("| with / without |", 2));
        assertEquals(List.of("2.33", "1.50"), cells("| with / direct |", 2));
    }

    private static Run run(Variant variant) {
        return Run.of(variant, Workload.THROUGHPUT, 10, 1);
    }

    /** The last ones of the row that begins so. */
    private static List<String> cells(String beginning, int count) {
        String row = REPORT.lines()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .orElseThrow();
        List<String> cells = List.of(row.substring(1).split("\\|"));
        return cells.subList(cells.size() - count, cells.size()).stream()
                .map(String::strip)
                .toList();
    }
}
