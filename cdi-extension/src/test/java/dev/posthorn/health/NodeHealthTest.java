package dev.posthorn.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.node.Membership;
import dev.posthorn.spi.Node;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NodeHealthTest {

    private boolean running = true;
    private boolean mayAct = true;
    private long now = Duration.ofHours(1).toNanos();

    private final Membership membership = new Membership() {
        @Override
        public Node node() {
            return new Node("node", "shop");
        }

        @Override
        public boolean mayAct() {
            return mayAct;
        }
    };

    private final NodeHealth health = new NodeHealth(membership, () -> running, () -> now);

    @Test
    void theStoreHasAnsweredWhileTheNodeMayAct() {
        assertTrue(health.store().up());
        assertEquals("shop", health.store().data().get("application"));

        mayAct = false;
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
