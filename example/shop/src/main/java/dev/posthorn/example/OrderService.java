package dev.posthorn.example;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Places orders; each public method is one transaction. */
@ApplicationScoped
@Transactional
public class OrderService {

    @PersistenceContext
    EntityManager entityManager;

    @Inject
    Event<OrderPlaced> orderPlaced;

    /** Saves an order and publishes it: both if the transaction commits, neither if it does not. */
    public Order place(String customer, BigDecimal amount) {
        Order order = new Order(customer, amount);
        entityManager.persist(order);
        orderPlaced.fire(new OrderPlaced(order.getId(), customer, amount));
        return order;
    }

    /** Places an order and fails when the event has been fired already, as the rest of any transaction may. */
    public void placeUnpaid(String customer, BigDecimal amount) {
        place(customer, amount);
        throw new PaymentDeclinedException(customer);
    }

    public Optional<Order> find(long id) {
        return Optional.ofNullable(entityManager.find(Order.class, id));
    }

    public List<Order> all() {
        return entityManager
                .createQuery("select o from Order o order by o.id", Order.class)
                .getResultList();
    }
}
