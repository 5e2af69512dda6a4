package dev.posthorn.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventIdsTest {

    private static final long NOW = 1_763_770_000_123L;

    private final EventIds ids = new EventIds();

    @Test
    void areOfVersionSevenAndBeginWithTheTime() {
        UUID id = ids.next(NOW);

        assertEquals(7, id.version());
        assertEquals(2, id.variant());
        assertEquals(NOW, id.getMostSignificantBits() >>> 16);
    }

    @Test
    void areAllDifferentThoughOfOneMillisecond() {
        List<UUID> drawn = draw(100_000);

        assertEquals(drawn.size(), drawn.stream().distinct().count());
    }

    @Test
    void haveEachOfTheirOtherBitsDrawnAnew() {
        long everSet = 0;
        long everClear = 0;
        long everSetLow = 0;
        long everClearLow = 0;
        for (UUID id : draw(200)) {
            everSet |= id.getMostSignificantBits();
            everClear |= ~id.getMostSignificantBits();
            everSetLow |= id.getLeastSignificantBits();
            everClearLow |= ~id.getLeastSignificantBits();
        }

        assertEquals(0xFFF, everSet & everClear);
        assertEquals(-1L >>> 2, everSetLow & everClearLow);
    }

    private List<UUID> draw(int count) {
        return IntStream.range(0, count).mapToObj(i -> ids.next(NOW)).toList();
    }
}
