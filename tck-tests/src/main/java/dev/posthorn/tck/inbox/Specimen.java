package dev.posthorn.tck.inbox;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.WhenDead;
import java.math.BigDecimal;
import java.util.List;

/** Has a component of each kind that JSON may say wrongly. */
@IntegrationEvent(whenDead = WhenDead.SKIP)
public record Specimen(
        String order, String text, int count, long amount, double ratio, BigDecimal price, List<Integer> parts) {

    /** Few enough letters for a column. */
    public String summary() {
        return "specimen " + text + " " + count + " " + amount + " " + ratio + " " + price + " " + parts;
    }
}
