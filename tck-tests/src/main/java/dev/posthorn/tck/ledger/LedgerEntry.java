package dev.posthorn.tck.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Says that an event was fired in a transaction that has committed. */
@Entity
@Table(name = "ledger")
public class LedgerEntry {

    @Id
    private String id;

    @Column(name = "entry_key")
    private String key;

    private long number;

    protected LedgerEntry() {}

    public LedgerEntry(String id, String key, long number) {
        this.id = id;
        this.key = key;
        this.number = number;
    }
}
