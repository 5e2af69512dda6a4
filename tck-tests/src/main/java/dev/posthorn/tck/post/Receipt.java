package dev.posthorn.tck.post;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** One for each time that a letter is handled. */
@Entity
@Table(name = "receipt")
public class Receipt {

    @Id
    private String id;

    private String receiver;

    private String text;

    protected Receipt() {}

    Receipt(String receiver, String text) {
        this.id = UUID.randomUUID().toString();
        this.receiver = receiver;
        this.text = text;
    }
}
