package dev.posthorn.jpa.transaction;

import dev.posthorn.PosthornException;
import dev.posthorn.log.Printable;
import org.jspecify.annotations.Nullable;

/** We can't tell which SQL the database speaks. */
public final class UnknownDatabaseException extends PosthornException {

    private static final long serialVersionUID = 1L;

    UnknownDatabaseException(String message, @Nullable Throwable cause) {
        super(Printable.upTo(2000, message).toString(), cause);
    }
}
