package dev.posthorn.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.posthorn.config.MapConfig;
import dev.posthorn.config.PosthornConfig;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How often what happens. */
class TicksTest {

    @Test
    void heartbeatsComeFiveTimesInATimeOut() {
        assertEquals(Duration.ofSeconds(2), interval(Tick.HEARTBEAT));
        assertEquals(Duration.ofSeconds(6), interval(Tick.HEARTBEAT, "posthorn.node.timeout", "PT30S"));
    }

    @Test
    void nodesLookAroundAsOftenAsTheyAreHeardOf() {
        assertEquals(interval(Tick.HEARTBEAT), interval(Tick.LOOK_AROUND));
    }

    @Test
    void sweepsComeAsConfigured() {
        assertEquals(Duration.ofMinutes(1), interval(Tick.SWEEP));
        assertEquals(Duration.ofSeconds(7), interval(Tick.SWEEP, "posthorn.sweep.interval", "PT7S"));
    }

    @Test
    void theCleanerComesAsConfigured() {
        assertEquals(Duration.ofMinutes(5), interval(Tick.CLEAN));
        assertEquals(Duration.ofSeconds(7), interval(Tick.CLEAN, "posthorn.clean.interval", "PT7S"));
    }

    @Test
    void pulsesComeOnceASecond() {
        assertEquals(Duration.ofSeconds(1), interval(Tick.PULSE));
    }

    private static Duration interval(Tick tick, String... config) {
        return tick.interval(PosthornConfig.read(MapConfig.of(config), "shop", Set.of(), Set.of()));
    }
}
