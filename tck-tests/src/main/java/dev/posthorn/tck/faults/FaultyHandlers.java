package dev.posthorn.tck.faults;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Received;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Handlers that would be called for what is not theirs, or never. */
@ApplicationScoped
public class FaultyHandlers {

    /** Says nothing of its subclasses. */
    @IntegrationEvent
    public abstract static class AccountChanged {
        public String id;
    }

    public static class Frozen extends AccountChanged {
        public String court;
    }

    public static class Reopened extends AccountChanged {
        public String clerk;
    }

    /** Nobody can make one. */
    @IntegrationEvent
    public abstract static class Vague {}

    void frozen(@Observes @Received Frozen event) {}

    void reopened(@Observes @Received Reopened event) {}

    void vague(@Observes @Received Vague event) {}
}
