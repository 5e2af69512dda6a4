package dev.posthorn.tck.post;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Business data of another persistence unit, in another database. */
@Entity
@Table(name = "letter_copy")
public class Copy {

    @Id
    private String text;

    protected Copy() {}

    Copy(String text) {
        this.text = text;
    }
}
