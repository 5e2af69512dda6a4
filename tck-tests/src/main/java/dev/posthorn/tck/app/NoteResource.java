package dev.posthorn.tck.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** The way in for a test that runs outside the server. */
@Path("notes/{id}")
@RequestScoped
public class NoteResource {

    @Inject
    private Notes notes;

    @PUT
    public void store(@PathParam("id") String id) {
        notes.store(id);
    }

    @GET
    public String isStored(@PathParam("id") String id) {
        return Boolean.toString(notes.isStored(id));
    }
}
