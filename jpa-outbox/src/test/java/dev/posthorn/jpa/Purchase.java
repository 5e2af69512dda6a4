package dev.posthorn.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Business data of an application. */
@Entity
@Table(name = "purchase")
class Purchase {

    @Id
    private String id = "";

    protected Purchase() {}

    Purchase(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }
}
