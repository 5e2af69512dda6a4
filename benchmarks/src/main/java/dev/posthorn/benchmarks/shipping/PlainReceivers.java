package dev.posthorn.benchmarks.shipping;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Without: what comes twice is counted, or fails, twice. */
@ApplicationScoped
public class PlainReceivers {

    private final Jsonb jsonb = JsonbBuilder.create();

    @PersistenceContext
    EntityManager em;

    @Inject
    Handled handled;

    /** On the connector's thread, one after the other. */
    @Incoming("incoming-trivial")
    public void count(byte[] json) {
        read(json, OrderSeen.class);
        handled.add("incoming-trivial");
    }

    /** On a worker thread, still one after the other: the default. */
    @Incoming("incoming-row")
    @Blocking
    @Transactional
    public void storeInOrder(byte[] json) {
        em.persist(new Parcel(read(json, OrderPlaced.class)));
        handled.add("incoming-row");
    }

    /** Eight at once, in whatever order, of one key too. */
    @Incoming("incoming-row-unordered")
    @Blocking(value = "eight", ordered = false)
    @Transactional
    public void store(byte[] json) {
        em.persist(new Parcel(read(json, OrderPlaced.class)));
        handled.add("incoming-row-unordered");
    }

    private <T> T read(byte[] json, Class<T> type) {
        return jsonb.fromJson(new String(json, StandardCharsets.UTF_8), type);
    }
}
