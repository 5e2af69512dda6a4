package dev.posthorn.tck.faults;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;

/** Events that can't be published, each for a reason of its own. */
public final class FaultyEvents {

    private FaultyEvents() {}

    @IntegrationEvent(channel = "nowhere")
    public record SentToNowhere(String text) {}

    @IntegrationEvent(topic = "bad topic!")
    public record SentToNoTopic(String text) {}

    @IntegrationEvent(type = "twin")
    public record FirstTwin(String text) {}

    @IntegrationEvent(type = "twin")
    public record SecondTwin(String text) {}

    @IntegrationEvent
    public interface Announcement {}

    @IntegrationEvent
    public record KeyedTwice(@Key String first, @Key String second) {}

    /** JSON Binding finds nothing to write. */
    @IntegrationEvent
    public static class Closed {

        private String id = "x";

        public String id() {
            return id;
        }
    }

    @IntegrationEvent
    public record KeyedByBytes(@Key byte[] id) {}

    @IntegrationEvent
    public static class KeyedByVoid {

        @Key
        public void nothing() {}
    }
}
