package dev.posthorn.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.LogLines;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnhandledTypesTest {

    private final Logger logger = Logger.getLogger("dev.posthorn.inbox");
    private final LogLines log = new LogLines("dev.posthorn.inbox");
    private final UnhandledTypes types = new UnhandledTypes("orders");

    UnhandledTypesTest() {
        logger.setLevel(Level.WARNING);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void close() {
        log.close();
        logger.setLevel(null);
        logger.setUseParentHandlers(true);
    }

    @Test
    void aTypeIsNamedOnceForWhatArrivesAndOnceForWhatIsKept() {
        types.arrived("A");
        types.arrived("A");
        types.kept("A");
        types.kept("A");
        types.arrived("B");

        assertEquals(
                List.of("POSTHORN-5007", "POSTHORN-5009", "POSTHORN-5007"),
                log.take().stream().map(line -> line.substring(0, 13)).toList());
    }

    @Test
    void whateverTypesStrangersSendTheLogIsBounded() {
        for (int i = 0; i < 100_000; i++) {
            types.arrived("type " + i);
        }

        List<String> lines = log.take();
        assertEquals(1001, lines.size());
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("POSTHORN-5021")), "that it says no more");
    }

    @Test
    void aLongTypeIsShortened() {
        types.arrived("x".repeat(1_000_000));
        types.arrived("x".repeat(1_000_000) + "y");

        List<String> lines = log.take();
        assertEquals(1, lines.size());
        assertTrue(
                lines.get(0).length() < 1000, () -> "a line of " + lines.get(0).length());
        assertFalse(lines.get(0).contains("x".repeat(201)));
    }
}
