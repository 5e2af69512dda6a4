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
import java.util.SortedMap;
import java.util.TreeMap;
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

    /** How many events, of keys that begin so, have not been marked as delivered. */
    @Transactional
    public int undelivered(String keyPrefix) {
        return Stream.of("posthorn_outbox WHERE ", "posthorn_settled WHERE state <> 1 AND ")
                .map(table -> em.createNativeQuery("SELECT COUNT(*) FROM " + table + "event_key LIKE ?1")
                        .setParameter(1, keyPrefix + "%")
                        .getSingleResult())
                .mapToInt(count -> ((Number) count).intValue())
                .sum();
    }

    /** The rows of the events with that key, settled or not, oldest first. */
    @Transactional
    public List<Row> rows(String key) {
        // In this order, so that no row is missed that is settled between the two; it has the same number there.
        SortedMap<Long, Row> rows = new TreeMap<>();
        Stream.of("posthorn_outbox", "posthorn_settled")
                .flatMap(table -> ((List<?>) em.createNativeQuery("SELECT seq, type, state, attempts, last_error FROM "
                                        + table + " WHERE event_key = ?1")
                                .setParameter(1, key)
                                .getResultList())
                        .stream())
                .map(Object[].class::cast)
                .forEach(row -> rows.put(((Number) row[0]).longValue(), Row.of(row)));
        return List.copyOf(rows.values());
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

    /** From now on it is noted who inserts rows; PostgreSQL alone can tell. */
    @Transactional
    public void rememberInserters() {
        Inserters.STATEMENTS.forEach(sql -> em.createNativeQuery(sql).executeUpdate());
    }

    /** The transactions and connections that inserted a purchase and its events. */
    @Transactional
    public List<String> inserters(String id) {
        return Stream.of("purchase WHERE id = ?1", Inserters.OF_EVENTS + " WHERE event_key = ?1")
                .flatMap(table -> ((List<?>) em.createNativeQuery("SELECT inserted_by FROM " + table)
                                .setParameter(1, id)
                                .getResultList())
                        .stream())
                .map(Object::toString)
                .toList();
    }

    /** What the suite looks at in a row. */
    public record Row(String type, int state, int attempts, String error) {

        static Row of(Object[] columns) {
            return new Row(
                    (String) columns[1], ((Number) columns[2]).intValue(), ((Number) columns[3]).intValue(), (String)
                            columns[4]);
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
