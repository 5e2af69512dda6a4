package dev.posthorn.tck.wire;

import dev.posthorn.EventDelivered;
import dev.posthorn.tck.wire.Parcels.Parcel;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the application is told of its events. */
@ApplicationScoped
public class Deliveries {

    private final List<EventDelivered> delivered = new CopyOnWriteArrayList<>();
    private final List<String> observed = new CopyOnWriteArrayList<>();

    void delivered(@Observes EventDelivered notification) {
        delivered.add(notification);
    }

    void observed(@Observes Parcel parcel) {
        observed.add(parcel.id());
    }

    public List<EventDelivered> of(String key) {
        return delivered.stream()
                .filter(notification -> key.equals(notification.event().key()))
                .toList();
    }

    /** Whether observers of the event itself have been called. */
    public boolean isObserved(String id) {
        return observed.contains(id);
    }
}
