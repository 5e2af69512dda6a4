package dev.posthorn.tck.app;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Business data. */
@Entity
@Table(name = "note")
public class Note {

    @Id
    private String id;

    protected Note() {}

    public Note(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }
}
