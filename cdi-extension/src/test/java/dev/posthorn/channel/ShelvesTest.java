package dev.posthorn.channel;

import static dev.posthorn.channel.Samples.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.spi.Shelf;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShelvesTest {

    private final Shelves shelves = new Shelves();

    @BeforeEach
    void nothingIsAskedFor() {
        shelves.pollDue(0);
        shelves.nextSearch();
        shelves.searched(null);
    }

    @Test
    void aDelayIsAskedForWhenItIsOverAndOnce() {
        shelves.delayed(0, Duration.ofSeconds(60));
        assertFalse(shelves.pollDue(60 * SECOND));
        assertTrue(shelves.pollDue(61 * SECOND));
        assertFalse(shelves.pollDue(61 * SECOND));
    }

    @Test
    void keysThatWereShelvedAreLookedAtEverMoreRarely() {
        shelves.add(List.of(new Shelving("a", Shelf.WAITING, null)), 0);
        assertEquals(List.of(), shelves.keysToRevisit(0));
        long at = 0;
        for (int seconds : List.of(1, 1, 2, 4, 8, 16, 30, 30)) {
            at += seconds * SECOND;
            assertEquals(List.of(), shelves.keysToRevisit(at - 1));
            assertEquals(List.of("a"), shelves.keysToRevisit(at));
            shelves.released(List.of("a"), Set.of("a"), at);
        }
        at += 30 * SECOND;
        assertEquals(List.of("a"), shelves.keysToRevisit(at));
        shelves.released(List.of("a"), Set.of(), at);
        assertEquals(List.of(), shelves.keysToRevisit(at + 100 * SECOND), "nobody waits any more");
    }

    @Test
    void parkedKeysAreNotLookedAt() {
        shelves.add(List.of(new Shelving("a", Shelf.PARKED, null)), 0);
        assertFalse(shelves.hasKeysToRevisit(100 * SECOND));
    }

    @Test
    void aDeliveryLetsWaitingOnesBeLookedAtAtOnce() {
        shelves.add(List.of(new Shelving("a", Shelf.WAITING, null)), 0);
        shelves.revisitIfWaiting("a", 10);
        shelves.revisitIfWaiting("b", 10);
        assertEquals(List.of("a"), shelves.keysToRevisit(10));
    }

    @Test
    void whatIsRememberedIsBounded() {
        for (int i = 0; i < 5000; i++) {
            shelves.revisit("key" + i, 0);
            shelves.delayed(0, Duration.ZERO);
        }
        assertEquals(1000, shelves.keysToRevisit(0).size());
    }
}
