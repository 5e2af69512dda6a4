package dev.posthorn.tck.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.tck.effects.Effects;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A checker that overlooks something proves nothing. */
class EffectCheckerTest {

    private static final Committed ONE = new Committed("w-1:1", "a", 1);
    private static final Committed TWO = new Committed("w-2:2", "a", 2);
    private static final Committed HOPEFUL = new Committed(extra(false), "a", 0);
    private static final Committed HOPELESS = new Committed(extra(true), "a", 0);

    private final Handled one = done(ONE, Effects.COUNTED);
    private final Handled two = done(TWO, Effects.COUNTED);
    private final Handled first = done(HOPEFUL, Effects.FIRST);
    private final Handled second = done(HOPEFUL, Effects.SECOND);
    private final Handled begun = done(HOPELESS, Effects.FIRST);
    private final Handled undone = done(HOPELESS, Effects.FIRST_UNDONE);

    @Test
    void everythingOnceAndInOrderIsClean() {
        Verdict verdict = check(first, one, begun, second, undone, two);

        assertTrue(verdict.isClean(), verdict::toString);
        assertEquals("6 effects, 0 of them at a later attempt, 1 made up for", verdict.figures());
    }

    @Test
    void whatIsNotHandledIsNoticed() {
        assertEquals(
                Map.of(Violation.UNHANDLED, 1),
                check(one, first, second, begun, undone).violations());
    }

    @Test
    void stepThatIsMissingIsNoticed() {
        assertEquals(
                Map.of(Violation.UNHANDLED, 1),
                check(one, two, first, begun, undone).violations());
    }

    @Test
    void whatIsNotMadeUpForIsNoticed() {
        assertEquals(
                Map.of(Violation.UNHANDLED, 1),
                check(one, two, first, second, begun).violations());
    }

    @Test
    void secondEffectIsNoticed() {
        assertEquals(
                Map.of(Violation.HANDLED_TWICE, 1),
                check(one, two, one, first, second, begun, undone).violations());
    }

    @Test
    void whatIsMadeUpForTwiceIsNoticed() {
        assertEquals(
                Map.of(Violation.HANDLED_TWICE, 1),
                check(one, two, first, second, begun, undone, undone).violations());
    }

    @Test
    void whatIsMadeUpForNeedlesslyIsNoticed() {
        assertEquals(
                Map.of(Violation.HANDLED_TWICE, 1),
                check(one, two, first, second, done(HOPEFUL, Effects.FIRST_UNDONE), begun, undone)
                        .violations());
    }

    @Test
    void effectAfterALaterOneOfItsKeyIsNoticed() {
        assertEquals(
                Map.of(Violation.HANDLED_LATE, 1),
                check(two, one, first, second, begun, undone).violations());
    }

    @Test
    void effectOfWhatWasNotCommittedIsNoticed() {
        Handled unknown = new Handled("w-3:3", "a", 3, Effects.COUNTED, 1);

        assertEquals(
                Map.of(Violation.NOT_COMMITTED, 1),
                check(one, two, unknown, first, second, begun, undone).violations());
    }

    @Test
    void entriesThatAreLeftAreNoticed() {
        Verdict verdict =
                new EffectChecker(List.of()).stuck(List.of("an entry")).check(List.of());

        assertEquals(Map.of(Violation.STUCK, 1), verdict.violations());
    }

    @Test
    void whatHasNoHopeMustBeKept() {
        EffectChecker checker = new EffectChecker(List.of(HOPEFUL, HOPELESS));
        Verdict verdict =
                checker.dead(List.of("{\"entry\":\"somebody else's\"}")).check(List.of(first, second, begun, undone));

        assertEquals(Map.of(Violation.NOT_KEPT, 1), verdict.violations());
    }

    @Test
    void whatHasNoHopeIsKept() {
        EffectChecker checker = new EffectChecker(List.of(HOPEFUL, HOPELESS));
        Verdict verdict = checker.dead(List.of("{\"entry\":\"%s\"}".formatted(HOPELESS.entry())))
                .check(List.of(first, second, begun, undone));

        assertTrue(verdict.isClean(), verdict::toString);
    }

    private static Verdict check(Handled... effects) {
        return new EffectChecker(List.of(ONE, TWO, HOPEFUL, HOPELESS)).check(List.of(effects));
    }

    private static Handled done(Committed event, String step) {
        return new Handled(event.entry(), event.key(), event.number(), step, 1);
    }

    private static String extra(boolean hopeless) {
        return IntStream.range(0, 1000)
                .mapToObj(i -> "w-" + i + ":extra")
                .filter(entry -> Effects.isHopeless(entry) == hopeless)
                .findFirst()
                .orElseThrow();
    }
}
