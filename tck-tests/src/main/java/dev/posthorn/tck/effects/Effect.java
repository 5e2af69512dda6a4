package dev.posthorn.tck.effects;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.Table;

/** What a handler has done for an event, in its transaction. Nothing keeps it from being there twice. */
@Entity
@Table(name = "effect", indexes = @Index(name = "effect_entry", columnList = "entry"))
public class Effect {

    /** Given away when the row is written: those of a key are in the order in which its events were handled. */
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String entry;

    @Column(name = "effect_key")
    private String key;

    private long number;

    private String step;

    private int attempt;

    protected Effect() {}

    /**
     * @param entry of the ledger, for which the event was fired
     * @param number of the event in its key, or 0 if it has none
     * @param step which of the event's handlers has done it
     */
    public Effect(String entry, String key, long number, String step, int attempt) {
        this.entry = entry;
        this.key = key;
        this.number = number;
        this.step = step;
        this.attempt = attempt;
    }
}
