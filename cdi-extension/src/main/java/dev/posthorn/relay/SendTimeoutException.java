package dev.posthorn.relay;

import dev.posthorn.PosthornException;
import dev.posthorn.spi.EventEnvelope;

/** The transport has not answered in time. Whether the broker has the event is not known: it is sent again later, with the same id. */
final class SendTimeoutException extends PosthornException {

    private static final long serialVersionUID = 1L;

    SendTimeoutException(EventEnvelope event) {
        super(
                "No answer in time for " + event
                        + ". It is sent again, with the same id, as soon as the transport has answered or is not waited for any more.");
    }
}
