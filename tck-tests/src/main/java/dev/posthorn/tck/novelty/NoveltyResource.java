package dev.posthorn.tck.novelty;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** Fires one event of each new type. */
@Path("novelties/{key}/{number}")
@RequestScoped
public class NoveltyResource {

    @Inject
    private Event<Novelty> novelties;

    @Inject
    private Event<Recent> recents;

    @PUT
    @Transactional
    public void fire(@PathParam("key") String key, @PathParam("number") long number) {
        novelties.fire(new Novelty(key + "-novelty", number, key + "-novelty:" + number));
        recents.fire(new Recent(key + "-recent", number, key + "-recent:" + number));
    }
}
