package dev.posthorn.tck.inbox;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What a handler has done, in its transaction. */
@Entity
@Table(name = "work_done")
public class Work {

    @Id
    private long id;

    private String orderName;

    private String text;

    protected Work() {}

    public Work(long id, String orderName, String text) {
        this.id = id;
        this.orderName = orderName;
        this.text = text;
    }

    public String text() {
        return text;
    }
}
