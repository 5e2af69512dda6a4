package dev.posthorn.health;

import java.util.Map;

/**
 * What a check has found.
 *
 * @param data texts, whole numbers and booleans, by what they are about
 */
public record Verdict(boolean up, Map<String, Object> data) {

    public Verdict {
        data = Map.copyOf(data);
    }
}
