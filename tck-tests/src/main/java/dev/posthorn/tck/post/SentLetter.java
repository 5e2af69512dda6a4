package dev.posthorn.tck.post;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Business data of who sends. */
@Entity
@Table(name = "sent_letter")
public class SentLetter {

    @Id
    private String text;

    protected SentLetter() {}

    SentLetter(String text) {
        this.text = text;
    }
}
