package dev.posthorn.runtime;

import dev.posthorn.EventDelivered;
import dev.posthorn.EventDeliveryFailed;
import dev.posthorn.EventDied;
import dev.posthorn.EventInfo;
import dev.posthorn.handle.RequestScope;
import dev.posthorn.log.Log;
import dev.posthorn.relay.RelayListener;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger.Level;

/** Tells the application's observers what became of events. */
final class CdiListener implements RelayListener {

    private static final Log LOG = Log.of("dev.posthorn.relay");

    private final BeanManager beanManager;
    private final RequestScope requestScope;

    CdiListener(BeanManager beanManager, RequestScope requestScope) {
        this.beanManager = beanManager;
        this.requestScope = requestScope;
    }

    @Override
    public boolean wantsDelivered() {
        EventDelivered example = new EventDelivered(new EventInfo("", "", "", "", "", null), 0);
        return beanManager.resolveObserverMethods(example).stream()
                .anyMatch(observer -> observer.getObservedType() != Object.class);
    }

    @Override
    public void delivered(EventDelivered notification) {
        tell(notification);
    }

    @Override
    public void failed(EventDeliveryFailed notification) {
        tell(notification);
    }

    @Override
    public void died(EventDied notification) {
        tell(notification);
    }

    private void tell(Object notification) {
        try {
            requestScope.during(
                    () -> beanManager.getEvent().select(Object.class).fire(notification));
        } catch (Throwable e) {
            LOG.log(
                    Level.WARNING,
                    e,
                    "POSTHORN-2005 An observer of {0} threw. That changes nothing for the event.",
                    notification);
        }
    }
}
