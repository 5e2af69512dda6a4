package dev.posthorn.tck.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;

/** Says that an event was fired in a transaction that has committed. */
@Entity
@Table(name = "ledger")
public class LedgerEntry {

    @Id
    private String id;

    @Column(name = "entry_key")
    private String key;

    private long number;

    @Transient
    private Runnable afterInsert;

    protected LedgerEntry() {}

    public LedgerEntry(String id, String key, long number) {
        this.id = id;
        this.key = key;
        this.number = number;
    }

    /** To be done in the midst of the persistence provider's flush. */
    LedgerEntry then(Runnable work) {
        afterInsert = work;
        return this;
    }

    @PostPersist
    void inserted() {
        if (afterInsert != null) {
            afterInsert.run();
        }
    }
}
