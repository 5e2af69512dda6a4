package dev.posthorn.inbox;

import dev.posthorn.PosthornException;
import dev.posthorn.log.FailureText;

/** The store did not answer. That says nothing of any event: it is asked again later. */
public class StoreAwayException extends PosthornException {

    private static final long serialVersionUID = 1L;

    public StoreAwayException(Throwable cause) {
        super("The inbox can't be reached: " + FailureText.ofItself(cause), cause);
    }
}
