package dev.posthorn.example.shipping;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What is sent to a customer. Nothing here forbids two parcels for one order: that there is one is Posthorn's doing. */
@Entity
@Table(name = "parcels")
public class Parcel {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE)
    private Long id;

    private long orderId;

    private String customer;

    protected Parcel() {}

    public Parcel(long orderId, String customer) {
        this.orderId = orderId;
        this.customer = customer;
    }

    public Long getId() {
        return id;
    }

    public long getOrderId() {
        return orderId;
    }

    public String getCustomer() {
        return customer;
    }
}
