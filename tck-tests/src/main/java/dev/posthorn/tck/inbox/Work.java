package dev.posthorn.tck.inbox;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What a handler has done, in its transaction. */
@Entity
@Table(name = "work")
public class Work {

    @Id
    @GeneratedValue
    private Long id;

    private String orderName;

    private String text;

    protected Work() {}

    public Work(String orderName, String text) {
        this.orderName = orderName;
        this.text = text;
    }

    public String text() {
        return text;
    }
}
