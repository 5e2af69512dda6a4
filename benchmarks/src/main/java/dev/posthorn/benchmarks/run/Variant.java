package dev.posthorn.benchmarks.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What is compared. */
enum Variant {
    /** Posthorn: a business row and an event. */
    WITH(true, true, "shop", "posthorn_outbox"),
    /** The same transactions on the same server, without the event. */
    WITHOUT(true, false, "shop", "posthorn_outbox"),
    /** The yardstick: a relay written by hand, in plain Java. */
    DIRECT(false, true, "direct", "outbox"),
    /** Its two inserts alone. */
    INSERTS(false, false, "direct", "outbox_of_inserts");

    final boolean onPayara;
    final boolean relays;
    final String database;
    final String outbox;

    Variant(boolean onPayara, boolean relays, String database, String outbox) {
        this.onPayara = onPayara;
        this.relays = relays;
        this.database = database;
        this.outbox = outbox;
    }

    /** Rows whose delivery is not noted yet. */
    String unsettled() {
        return "SELECT count(*) FROM " + outbox + (onPayara ? " WHERE state = 0" : "");
    }

    /** Rows that are kept. */
    String rows() {
        return "SELECT count(*) FROM " + outbox;
    }

    @JsonValue
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Variant of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
