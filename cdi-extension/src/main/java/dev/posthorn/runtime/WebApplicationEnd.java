package dev.posthorn.runtime;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/**
 * Stops Posthorn when its web application ends. On Payara this is the last callback in which a data source that the application
 * defines still works: when singletons and the application scope are destroyed, it is gone, and nothing could be released.
 */
@WebListener
public class WebApplicationEnd implements ServletContextListener {

    @Inject
    private Posthorn posthorn;

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        posthorn.stop();
    }
}
