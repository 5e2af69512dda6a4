package dev.posthorn.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.node.ThisNode;
import dev.posthorn.spi.Node;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NodeHealthTest {

    private boolean running = true;
    private long now = Duration.ofHours(1).toNanos();

    private final ThisNode node = new ThisNode(new Node("node", "shop"));

    private final NodeHealth health = new NodeHealth(node, () -> running, () -> now);

    @Test
    void theStoreHasAnsweredWhileTheNodeMayAct() {
        assertTrue(health.store().up());
        assertEquals("shop", health.store().data().get("application"));

        node.mayAct = false;
        assertFalse(health.store().up());
    }

    @Test
    void aNodeThatHasNotStartedIsNotReady() {
        running = false;
        assertFalse(health.store().up());
    }

    @Test
    void pulsesThatDoNotComeAreNoticed() {
        now += Duration.ofSeconds(29).toNanos();
        assertTrue(health.loops().up());
        now += Duration.ofSeconds(1).toNanos();
        assertFalse(health.loops().up());
        assertEquals(30L, health.loops().data().get("seconds-since-pulse"));

        health.pulsed();
        assertTrue(health.loops().up());
    }

    @Test
    void aNodeThatHasStoppedHasNoPulse() {
        running = false;
        now += Duration.ofHours(1).toNanos();
        assertTrue(health.loops().up());
    }
}
