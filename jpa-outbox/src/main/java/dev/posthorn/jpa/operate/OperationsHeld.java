package dev.posthorn.jpa.operate;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.dialect.Tables;
import dev.posthorn.jpa.statement.HeldQuery;
import dev.posthorn.jpa.statement.Lanes;
import dev.posthorn.spi.Held;
import jakarta.persistence.EntityManager;
import java.util.List;

/** Counts what is held up in the outbox of an application. */
final class OperationsHeld {

    private final Lanes lanes;
    private final HeldQuery query;

    OperationsHeld(Dialect dialect, Tables tables, Lanes lanes) {
        this.lanes = lanes;
        this.query = new HeldQuery(dialect, tables.outbox());
    }

    Held find(EntityManager em, String application, int most) {
        List<Long> all = lanes.of(em, application);
        return all.isEmpty() ? new Held(0, 0, 0) : query.find(em, Lanes.among(all, 1), most, all.toArray());
    }
}
