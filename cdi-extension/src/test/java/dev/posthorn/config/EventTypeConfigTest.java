package dev.posthorn.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.EventNotPublishableException;
import dev.posthorn.IntegrationEvent;
import dev.posthorn.WhenDead;
import dev.posthorn.type.EventType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Config says of one type. */
class EventTypeConfigTest {

    @IntegrationEvent(type = "order-placed", channel = "orders", topic = "placed", whenDead = WhenDead.PARK)
    private record OrderPlaced() {}

    @IntegrationEvent
    private record OrderPaid() {}

    @Test
    void theChannelOfATypeCanBeChanged() {
        assertEquals("orders", placed().channel());
        assertEquals("eu", placed("posthorn.event.order-placed.channel", "eu").channel());
        assertEquals(
                "orders", placed("posthorn.event.OrderPlaced.channel", "eu").channel());
    }

    @Test
    void theDefaultChannelIsThatOfTypesThatNameNone() {
        assertEquals("posthorn", paid().channel());
        assertEquals("eu", paid("posthorn.channel", "eu").channel());
        assertEquals("orders", placed("posthorn.channel", "eu").channel());
    }

    @Test
    void theTopicOfATypeCanBeChanged() {
        assertEquals("placed", placed().topic());
        assertEquals(
                "orders-eu",
                placed("posthorn.event.order-placed.topic", "orders-eu").topic());
    }

    @Test
    void theOrderOfATypeCanBeSwitchedOff() {
        assertTrue(placed().ordered());
        assertFalse(placed("posthorn.event.order-placed.ordered", "false").ordered());
    }

    /** Config itself takes whatever is not "true" for false. */
    @Test
    void whatIsNeitherTrueNorFalseIsRefused() {
        assertTrue(placed("posthorn.event.order-placed.ordered", " TRUE ").ordered());
        assertTrue(placed("posthorn.event.order-placed.ordered", "on").ordered());
        assertFalse(placed("posthorn.event.order-placed.ordered", "0").ordered());
        String problem = assertThrows(
                        EventNotPublishableException.class, () -> placed("posthorn.event.order-placed.ordered", "ture"))
                .getMessage();
        assertEquals(
                "POSTHORN-6005 posthorn.event.order-placed.ordered=ture is not allowed. It must be true or false.",
                problem);
    }

    @Test
    void whatBecomesOfFollowersOfTheDeadCanBeChanged() {
        assertEquals(WhenDead.PARK, placed().whenDead());
        assertEquals(
                WhenDead.SKIP,
                placed("posthorn.event.order-placed.when-dead", "skip").whenDead());
        assertThrows(EventNotPublishableException.class, () -> placed("posthorn.event.order-placed.when-dead", "bury"));
    }

    @Test
    void whatIsWrongIsNamedInOneLineOfBoundedLength() {
        for (String member : List.of("ordered", "when-dead")) {
            String problem = String.valueOf(assertThrows(
                            EventNotPublishableException.class,
                            () -> placed(
                                    "posthorn.event.order-placed." + member, "x\nERROR \u001b[2K" + "x".repeat(10_000)))
                    .getMessage());
            assertTrue(problem.contains(member + "=x?ERROR ?[2Kx"), problem);
            assertTrue(problem.length() < 400, problem);
        }
    }

    @Test
    void allThatIsWrongIsNamedAtOnceAndTheAnnotationCountsInItsPlace() {
        String[] wrong = {
            "posthorn.event.order-placed.ordered", "ja",
            "posthorn.event.order-placed.when-dead", "bury",
            "posthorn.event.order-placed.topic", "eu"
        };
        List<String> problems = new ArrayList<>();
        EventType type = EventType.of(OrderPlaced.class, MapConfig.of(wrong), problems::add)
                .orElseThrow();

        assertEquals(new EventType(OrderPlaced.class, "order-placed", "orders", "eu", true, WhenDead.PARK), type);
        assertEquals(
                List.of(
                        "POSTHORN-6005 posthorn.event.order-placed.ordered=ja is not allowed. It must be true or false.",
                        "POSTHORN-6005 posthorn.event.order-placed.when-dead=bury is not allowed. It must be one of block, park, skip."),
                problems);
        assertEquals(
                String.join("\n", problems),
                assertThrows(EventNotPublishableException.class, () -> placed(wrong))
                        .getMessage());
    }

    private static EventType placed(String... config) {
        return EventType.of(OrderPlaced.class, MapConfig.of(config)).orElseThrow();
    }

    private static EventType paid(String... config) {
        return EventType.of(OrderPaid.class, MapConfig.of(config)).orElseThrow();
    }
}
