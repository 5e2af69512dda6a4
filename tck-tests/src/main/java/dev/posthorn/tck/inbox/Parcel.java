package dev.posthorn.tck.inbox;

import dev.posthorn.IdempotencyKey;
import dev.posthorn.IntegrationEvent;

/** Known by its number, which may be of little use. */
@IntegrationEvent
public record Parcel(@IdempotencyKey Number number, String order, String text) {

    /** Has no text when it has no value, and throws when that is too short. */
    public record Number(String value) {

        @Override
        public String toString() {
            return value == null ? null : value.substring(1);
        }
    }
}
