package dev.posthorn.benchmarks.jms;

import dev.posthorn.benchmarks.load.OrderPlaced;
import dev.posthorn.benchmarks.server.OrderJson;
import dev.posthorn.benchmarks.server.Purchase;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.Queue;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;

/** Database and broker commit in two phases. */
@ApplicationScoped
public class XaShop {

    @PersistenceContext
    EntityManager em;

    @Resource(lookup = "java:/JmsXA")
    private ConnectionFactory connections;

    @Inject
    OrderJson json;

    @Transactional
    public void place(List<OrderPlaced> orders) {
        em.persist(new Purchase(orders.get(0)));
        try (JMSContext context = connections.createContext()) {
            Queue queue = context.createQueue(OrderPlaced.TOPIC);
            // Its messages are persistent unless one says otherwise.
            JMSProducer producer = context.createProducer();
            for (OrderPlaced order : orders) {
                producer.setProperty("order_key", order.key()).send(queue, json.text(order));
            }
        }
    }
}
