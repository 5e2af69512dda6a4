package dev.posthorn.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.spi.EventEnvelope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnconfirmedSendsTest {

    private final UnconfirmedSends unconfirmed = new UnconfirmedSends();
    private final List<RabbitMqSend> sends = new ArrayList<>();

    UnconfirmedSendsTest() {
        for (long tag = 1; tag <= 5; tag++) {
            EventEnvelope event = Events.event("orders", "topic", "k", "{}");
            RabbitMqSend send = new RabbitMqSend(new EventMessage(event, event), event, () -> {});
            sends.add(send);
            assertTrue(unconfirmed.add(tag, send));
        }
    }

    @Test
    void aConfirmationIsOfOneMessageOrOfAllUpToIt() {
        assertEquals(List.of(sends.get(1)), unconfirmed.answered(2, false));
        assertEquals(List.of(sends.get(0), sends.get(2), sends.get(3)), unconfirmed.answered(4, true));
        assertEquals(List.of(sends.get(4)), unconfirmed.end());
    }

    @Test
    void nothingIsAnsweredTwice() {
        assertEquals(1, unconfirmed.answered(3, false).size());
        assertEquals(List.of(), unconfirmed.answered(3, false));
        assertEquals(4, unconfirmed.end().size());
        assertEquals(List.of(), unconfirmed.answered(5, true));
        assertEquals(List.of(), unconfirmed.end());
    }

    @Test
    void afterTheEndNothingIsKept() {
        unconfirmed.end();

        assertFalse(unconfirmed.add(6, sends.get(0)));
        assertEquals(List.of(), unconfirmed.answered(6, true));
    }

    @Test
    void whatIsReturnedIsKnownByItsEvent() {
        unconfirmed.returned(sends.get(2).event().id().toString(), "312 NO_ROUTE");

        assertEquals("312 NO_ROUTE", sends.get(2).reply());
        assertNull(sends.get(1).reply());
    }
}
