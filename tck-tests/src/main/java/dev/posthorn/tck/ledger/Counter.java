package dev.posthorn.tck.ledger;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * How many numbers of a key have been given away. Whoever takes the next one has seen the commit of the one before, on whichever
 * node that was: so the order of the numbers is that of cause and effect.
 */
@Entity
@Table(name = "counter")
public class Counter {

    @Id
    private String id;

    private long number;

    protected Counter() {}

    public Counter(String id) {
        this.id = id;
    }
}
