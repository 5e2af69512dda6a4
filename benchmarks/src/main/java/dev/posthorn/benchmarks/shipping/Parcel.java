package dev.posthorn.benchmarks.shipping;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The row that is written. Its key is the event's, so that no sequence is asked. */
@Entity
@Table(name = "parcel")
public class Parcel {

    @Id
    private long id;

    private String customer;
    private long cents;
    private String currency;

    protected Parcel() {}

    Parcel(OrderPlaced order) {
        this.id = order.id();
        this.customer = order.customer();
        this.cents = order.cents();
        this.currency = order.currency();
    }
}
