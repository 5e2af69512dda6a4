package dev.posthorn.benchmarks.server;

import dev.posthorn.benchmarks.load.OrderPlaced;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The business row. */
@Entity
@Table(name = "purchase")
public class Purchase {

    @Id
    private long id;

    @Column(name = "order_key")
    private String key;

    private String customer;
    private long cents;
    private String currency;

    protected Purchase() {}

    public Purchase(OrderPlaced order) {
        this.id = order.id();
        this.key = order.key();
        this.customer = order.customer();
        this.cents = order.cents();
        this.currency = order.currency();
    }
}
