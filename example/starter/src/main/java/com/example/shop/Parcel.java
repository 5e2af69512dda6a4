package com.example.shop;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** What becomes of an order that was placed: its id says of which. */
@Entity
public class Parcel {

    @Id
    @Column(name = "order_id")
    public long order;

    public String customer;

    protected Parcel() {}

    Parcel(long order, String customer) {
        this.order = order;
        this.customer = customer;
    }
}
