package dev.posthorn.runtime;

import dev.posthorn.EventMiddleware.Next;
import dev.posthorn.handle.RequestScope;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;

/** The container's request scope, for the time that it takes to handle an event. */
record HandlingRequestScope(Instance<RequestContextController> controllers) implements RequestScope {

    @Override
    public void during(Next work) throws Exception {
        RequestContextController controller = controllers.get();
        try {
            boolean begun = controller.activate();
            try {
                work.proceed();
            } finally {
                if (begun) {
                    controller.deactivate();
                }
            }
        } finally {
            controllers.destroy(controller);
        }
    }
}
