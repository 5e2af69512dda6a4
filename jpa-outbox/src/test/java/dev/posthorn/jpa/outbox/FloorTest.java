package dev.posthorn.jpa.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.posthorn.jpa.outbox.FloorQuery.Seen;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a floor is raised, and how far. */
class FloorTest {

    private static final Set<String> NOBODY = Set.of();
    private static final OptionalLong UNKNOWN = OptionalLong.empty();

    private final Floor floor = new Floor();

    private void raise(long given, Seen seen) {
        floor.raise(List.of(1L, given), (from, waitedFor) -> seen);
    }

    @Test
    void itIsRaisedWhenAllHaveEndedWhoWroteAtFirst() {
        raise(100, new Seen(Set.of("3/1", "4/1"), NOBODY, UNKNOWN));
        raise(200, new Seen(Set.of("3/1", "5/1"), Set.of("3/1"), UNKNOWN));
        assertEquals(0, floor.number());

        raise(300, new Seen(Set.of("5/1"), NOBODY, OptionalLong.of(Long.MAX_VALUE)));
        assertEquals(101, floor.number(), "what was given later may be unsent and unseen");
    }

    @Test
    void whatIsUnsentKeepsItDown() {
        raise(100, new Seen(NOBODY, NOBODY, UNKNOWN));
        raise(200, new Seen(NOBODY, NOBODY, OptionalLong.of(50)));

        assertEquals(50, floor.number());
    }

    @Test
    void itNeverSinks() {
        raise(100, new Seen(NOBODY, NOBODY, UNKNOWN));
        raise(200, new Seen(NOBODY, NOBODY, OptionalLong.of(Long.MAX_VALUE)));
        raise(300, new Seen(NOBODY, NOBODY, OptionalLong.of(7)));

        assertEquals(101, floor.number());
    }

    @Test
    void itStaysWhereNothingIsKnownOfWhatIsUnsent() {
        raise(100, new Seen(NOBODY, NOBODY, UNKNOWN));
        raise(200, new Seen(NOBODY, NOBODY, UNKNOWN));

        assertEquals(0, floor.number());
    }

    @Test
    void thoseAreWaitedForThatWroteAtFirstAndNoOthers() {
        assertEquals(Set.of("3/1"), FloorQuery.stillWriting(Set.of("3/1", "5/1"), Set.of("3/1", "4/1")));
        assertEquals(NOBODY, FloorQuery.stillWriting(Set.of("5/1"), Set.of("3/1")));
        assertEquals(NOBODY, FloorQuery.stillWriting(Set.of("5/1", "-1/7"), NOBODY));
    }

    /** It then has another name, which does not tell whose it was. */
    @Test
    void aTransactionThatIsPreparedIsWaitedForAsWell() {
        assertEquals(Set.of("-1/7"), FloorQuery.stillWriting(Set.of("-1/7", "5/1"), Set.of("3/1")));
        assertEquals(
                Set.of("-1/7"), FloorQuery.stillWriting(Set.of("-1/7", "-1/8"), Set.of("-1/7")), "it has no third");
        assertEquals(NOBODY, FloorQuery.stillWriting(Set.of("-1/8"), Set.of("-1/7")));
    }
}
