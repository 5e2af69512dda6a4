package dev.posthorn.tck.post;

import dev.posthorn.Received;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.Config;

/** Receives. */
@ApplicationScoped
public class Postman {

    /** The key under which an application's configuration has its name. */
    public static final String NAME = "tck.post.name";

    @Inject
    private Desk desk;

    @Inject
    private Config config;

    void receive(@Observes @Received Letter letter) {
        desk.acknowledge(config.getValue(NAME, String.class), letter.text());
    }
}
