package dev.posthorn.tck.shop;

import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Business data. */
@Entity
@Table(name = "purchase")
@EntityListeners(PurchaseListener.class)
public class Purchase {

    @Id
    private String id;

    private String text;

    protected Purchase() {}

    public Purchase(String id, String text) {
        this.id = id;
        this.text = text;
    }

    public String id() {
        return id;
    }

    public String text() {
        return text;
    }

    public void change(String newText) {
        this.text = newText;
    }
}
