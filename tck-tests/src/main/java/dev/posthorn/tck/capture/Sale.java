package dev.posthorn.tck.capture;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** Business data that is published as it is. */
@Entity
@IntegrationEvent(topic = "capture")
public class Sale {

    @Id
    @Key
    private String id;

    private String text;

    protected Sale() {}

    public Sale(String id, String text) {
        this.id = id;
        this.text = text;
    }

    public String getId() {
        return id;
    }

    public String getText() {
        return text;
    }
}
