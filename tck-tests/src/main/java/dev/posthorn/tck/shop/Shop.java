package dev.posthorn.tck.shop;

import dev.posthorn.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** The business: purchases, and the events that tell of them. */
@ApplicationScoped
public class Shop {

    @Inject
    @Outbox
    private EntityManager em;

    @Inject
    private Event<OrderPlaced> placed;

    public void buy(String id) {
        em.persist(new Purchase(id, "bought"));
    }

    public void buy(String id, String text) {
        em.persist(new Purchase(id, text));
    }

    public void change(String id, String text) {
        em.find(Purchase.class, id).change(text);
    }

    public void flush() {
        em.flush();
    }

    public void place(String order, String text) {
        placed.fire(new OrderPlaced(order, text));
    }

    @Transactional
    public boolean hasPurchase(String id) {
        return em.find(Purchase.class, id) != null;
    }

    /** The ids of the purchases that begin so, in their order. */
    @Transactional
    public List<String> purchases(String prefix) {
        return em.createQuery("SELECT p.id FROM Purchase p WHERE p.id LIKE :prefix ORDER BY p.id", String.class)
                .setParameter("prefix", prefix + "%")
                .getResultList();
    }

    /** How many rows of the outbox, of keys that begin so, have not been marked as delivered. */
    @Transactional
    public int undelivered(String keyPrefix) {
        Object count = em.createNativeQuery(
                        "SELECT COUNT(*) FROM posthorn_outbox WHERE event_key LIKE ?1 AND state <> 1")
                .setParameter(1, keyPrefix + "%")
                .getSingleResult();
        return ((Number) count).intValue();
    }

    /** The rows of the outbox with that key, oldest first. */
    @Transactional
    public List<Row> rows(String key) {
        List<?> rows = em.createNativeQuery(
                        """
                        SELECT type, state, owner, attempts, last_error FROM posthorn_outbox
                        WHERE event_key = ?1 ORDER BY seq""")
                .setParameter(1, key)
                .getResultList();
        return rows.stream().map(row -> Row.of((Object[]) row)).toList();
    }

    /** From now on the outbox takes no event of this topic, a plain name. Outside, since MariaDB changes no table in XA. */
    @Transactional(TxType.NOT_SUPPORTED)
    @SuppressWarnings("BanJNDI") // the name is a constant
    public void refuseTopic(String topic) throws NamingException, SQLException {
        DataSource dataSource = InitialContext.doLookup("java:app/jdbc/tck");
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE posthorn_outbox ADD CONSTRAINT refuses_%s CHECK (topic <> '%s')"
                    .formatted(topic.replace('-', '_'), topic));
        }
    }

    /** Lets rows remember who inserted them; PostgreSQL alone can tell. */
    @Transactional
    public void rememberInserters() {
        for (String table : List.of("purchase", "posthorn_outbox")) {
            em.createNativeQuery("ALTER TABLE " + table
                            + " ADD COLUMN inserted_by text DEFAULT txid_current() || ' on ' || pg_backend_pid()")
                    .executeUpdate();
        }
    }

    /** The transactions and connections that inserted a purchase and its events. */
    @Transactional
    public List<String> inserters(String id) {
        return Stream.of("purchase WHERE id = ?1", "posthorn_outbox WHERE event_key = ?1")
                .flatMap(table -> ((List<?>) em.createNativeQuery("SELECT inserted_by FROM " + table)
                                .setParameter(1, id)
                                .getResultList())
                        .stream())
                .map(Object::toString)
                .toList();
    }

    /** What the suite looks at in a row. */
    public record Row(String type, int state, String owner, int attempts, String error) {

        static Row of(Object[] columns) {
            return new Row(
                    (String) columns[0],
                    ((Number) columns[1]).intValue(),
                    (String) columns[2],
                    ((Number) columns[3]).intValue(),
                    (String) columns[4]);
        }

        public boolean isUnsent() {
            return state == 0;
        }

        public boolean isWaiting() {
            return state == 3;
        }

        public boolean isDelayed() {
            return state == 7;
        }

        public boolean isDelivered() {
            return state == 1;
        }
    }
}
