package dev.posthorn.tck.wire;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;

/** What travels. */
public final class Parcels {

    private Parcels() {}

    @IntegrationEvent(topic = "wire")
    public record Parcel(@Key String id, String text) {}

    @IntegrationEvent(topic = "wire")
    public static class Empty {}

    @IntegrationEvent(topic = "wire-large")
    public record Large(@Key String id, String content) {}

    @IntegrationEvent(channel = "other", topic = "wire-other")
    public record OnOtherChannel(@Key String id) {}

    /** Config sends it elsewhere, or it would go nowhere. */
    @IntegrationEvent(channel = "nowhere", topic = "nowhere", type = "parcel.redirected")
    public record Redirected(@Key String id) {}

    /** Can't be published. */
    @IntegrationEvent(topic = "wire")
    public record Broken(@Key String id) {

        public String getBroken() {
            throw new IllegalStateException("this can't be read");
        }
    }

    /** Not an integration event. */
    public record Private(String text) {}
}
