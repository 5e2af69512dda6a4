package dev.posthorn.tck.capture;

import dev.posthorn.tck.capture.Shapes.Base;
import dev.posthorn.tck.capture.Shapes.Wrapped;
import dev.posthorn.tck.library.FiredByBeanManager;
import dev.posthorn.tck.library.Injected;
import dev.posthorn.tck.library.Selected;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;

/** Fires in every way that there is. */
@ApplicationScoped
public class FiringBean {

    @Inject
    private Event<Injected> injected;

    @Inject
    private Event<Object> any;

    @Inject
    private Event<Wrapped<String>> wrapped;

    @Inject
    private Event<Base> bases;

    @Inject
    private BeanManager beanManager;

    public void fireInjected(String id) {
        injected.fire(new Injected(id));
    }

    public void fireSelected(String id) {
        any.select(Selected.class).fire(new Selected(id));
    }

    public void fireByBeanManager(String id) {
        beanManager.getEvent().select(FiredByBeanManager.class).fire(new FiredByBeanManager(id));
    }

    public void fireWrapped(String id, String content) {
        wrapped.fire(new Wrapped<>(id, content));
    }

    public void fireAsBase(Base event) {
        bases.fire(event);
    }
}
