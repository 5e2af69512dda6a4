package dev.posthorn.relay;

import dev.posthorn.EventDelivered;
import dev.posthorn.EventDeliveryFailed;
import dev.posthorn.EventDied;

/** Hears of what became of events. What it throws is logged and changes nothing. */
public interface RelayListener {

    /** Whether anybody wants to hear of delivered events; asked once. */
    boolean wantsDelivered();

    void delivered(EventDelivered notification);

    void failed(EventDeliveryFailed notification);

    void died(EventDied notification);
}
