package dev.posthorn.tck.once;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What a handler has done, in its transaction. Nothing keeps it from being there twice. */
@Entity
@Table(name = "deed")
public class Deed {

    /** Given away when the row is written: those of a key are in the order in which they were done. */
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String who;

    private String what;

    protected Deed() {}

    public Deed(String who, String what) {
        this.who = who;
        this.what = what;
    }
}
