package dev.posthorn.tck.startup;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.UUID;

/** Loads initial data when the application starts, which may be before Posthorn does. */
@Singleton
@Startup
public class InitialData {

    private final String id = UUID.randomUUID().toString();

    @Inject
    private Event<Loaded> events;

    @PostConstruct
    void load() {
        events.fire(new Loaded(id));
    }

    public String id() {
        return id;
    }
}
