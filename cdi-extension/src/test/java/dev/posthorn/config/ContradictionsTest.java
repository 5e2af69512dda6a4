package dev.posthorn.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContradictionsTest {

    @Test
    void theDefaultsAreNone() {
        assertEquals(List.of(), warnings());
    }

    @Test
    void aPauseThatBeginsLongerThanItMayBecomeIsOne() {
        assertOnly("posthorn.pause.min", "PT31S", "posthorn.pause.max");
        assertOnly("posthorn.pause.max", "PT0.5S", "posthorn.pause.min");
    }

    @Test
    void aRetryThatWaitsLongerThanItMayIsOne() {
        assertOnly("posthorn.retry.delay", "PT2H", "posthorn.retry.max-delay");
        assertOnly("posthorn.inbox.retry.delay", "PT2H", "posthorn.inbox.retry.max-delay");
        assertOnly("posthorn.event.Ping.retry.delay", "PT2H", "posthorn.event.Ping.retry.max-delay");
        assertOnly("posthorn.event.Ping.inbox.retry.delay", "PT2H", "posthorn.event.Ping.inbox.retry.max-delay");
    }

    private static void assertOnly(String key, String value, String other) {
        List<String> warnings = warnings(key, value);
        assertEquals(1, warnings.size(), warnings::toString);
        String warning = warnings.get(0);
        assertTrue(warning.startsWith("POSTHORN-6007 Channel '"), warning);
        assertTrue(warning.contains(key) && warning.contains(value) && warning.contains(other), warning);
    }

    private static List<String> warnings(String... config) {
        InboxConfig inbox = InboxConfig.read(MapConfig.of(config), "shop", Set.of());
        return Contradictions.of(
                PosthornConfig.read(MapConfig.of(config), "shop", Set.of("orders"), Set.of())
                        .channels(),
                inbox.settings());
    }
}
