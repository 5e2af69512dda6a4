package dev.posthorn.benchmarks.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who receives; each has a topic and a channel of its own, both of its name. */
enum ReceivingVariant {
    /** Posthorn, with a handler that counts. */
    POSTHORN_TRIVIAL("OrderSeen", false, true),
    /** A plain {@code @Incoming} method that counts. */
    INCOMING_TRIVIAL("OrderSeen", false, false),
    /** Posthorn, with a handler that writes a row. */
    POSTHORN_ROW("OrderPlaced", true, true),
    /** A plain {@code @Incoming @Blocking} method that writes a row, one after the other. */
    INCOMING_ROW("OrderPlaced", true, false),
    /** The same, eight at once and in no order. */
    INCOMING_ROW_UNORDERED("OrderPlaced", true, false);

    final String type;
    final boolean writes;
    final boolean once;

    ReceivingVariant(String type, boolean writes, boolean once) {
        this.type = type;
        this.writes = writes;
        this.once = once;
    }

    @JsonValue
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static ReceivingVariant of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
