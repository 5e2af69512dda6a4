package dev.posthorn.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.posthorn.IntegrationEvent;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventChannelsTest {

    @IntegrationEvent(channel = "orders")
    record OrderPlaced() {}

    @IntegrationEvent
    record Noted() {}

    @IntegrationEvent(channel = "nowhere")
    interface NotPublishable {}

    private final ConfigLines lines = new ConfigLines();

    @Test
    void theDefaultChannelIsAlwaysOne() {
        assertEquals(Set.of("posthorn"), channels());
        lines.with("posthorn.channel", "main");
        assertEquals(Set.of("main"), channels());
        assertEquals(Set.of("main"), channels(Noted.class));
    }

    @Test
    void eventsNameChannelsAndConfigOverridesThem() {
        assertEquals(Set.of("orders", "posthorn"), channels(OrderPlaced.class));
        lines.with("posthorn.event.OrderPlaced.channel", "rush");
        assertEquals(Set.of("rush", "posthorn"), channels(OrderPlaced.class));
    }

    @Test
    void othersAreListed() {
        lines.with("posthorn.channels", " audit , ,billing");
        assertEquals(Set.of("audit", "billing", "posthorn"), channels());
    }

    @Test
    void whatCannotBePublishedIsLeftForOthersToReport() {
        assertEquals(Set.of("orders", "posthorn"), channels(NotPublishable.class, OrderPlaced.class));
    }

    @Test
    void aWrongValueOfATypeHidesNoChannel() {
        lines.with("posthorn.event.OrderPlaced.ordered", "ja");
        assertEquals(Set.of("orders", "posthorn"), channels(OrderPlaced.class));
    }

    private Set<String> channels(Class<?>... eventClasses) {
        return EventChannels.of(List.of(eventClasses), lines.config());
    }
}
