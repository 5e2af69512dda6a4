package dev.posthorn.receive;

import dev.posthorn.PosthornException;
import dev.posthorn.log.Printable;
import org.jspecify.annotations.Nullable;

/** A message is no event that could be handled. Its text is {@link Printable}, whatever it has of the message. */
public class UnreadableMessageException extends PosthornException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 1000;

    public UnreadableMessageException(String message) {
        super(printable(message));
    }

    public UnreadableMessageException(String message, @Nullable Throwable cause) {
        super(printable(message), cause);
    }

    private static String printable(String message) {
        return Printable.upTo(LONGEST, message).toString();
    }
}
