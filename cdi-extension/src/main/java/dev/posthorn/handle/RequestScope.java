package dev.posthorn.handle;

import dev.posthorn.EventMiddleware.Next;

/** The request scope, which handlers may expect as they may in a web request. */
@FunctionalInterface
public interface RequestScope {

    /** Does the work in a request scope of its own, or in the one that there is. */
    void during(Next work) throws Exception;
}
