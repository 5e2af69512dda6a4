package dev.posthorn.tck.wire;

import dev.posthorn.IntegrationEvents;
import dev.posthorn.tck.wire.Parcels.Parcel;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** Publishes for those outside. */
@Path("parcels/{id}")
public class ParcelResource {

    @Inject
    private IntegrationEvents events;

    @POST
    @Transactional
    public void send(@PathParam("id") String id) {
        events.draft(new Parcel(id, "for everybody")).header("tenant", "blue").publish();
    }
}
