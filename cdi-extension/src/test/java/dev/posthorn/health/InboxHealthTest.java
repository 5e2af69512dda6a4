package dev.posthorn.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A channel that has ended turns the check red, and says why. */
class InboxHealthTest {

    @Test
    void aChannelThatHasEndedIsSeen() {
        Map<String, String> ended = new HashMap<>();
        InboxHealth health = new InboxHealth(() -> ended);
        assertTrue(health.channels().up());

        ended.put("orders", "refused by its broker");

        assertFalse(health.channels().up());
        assertEquals(
                Map.of("orders.ended", "refused by its broker"),
                health.channels().data());
    }
}
