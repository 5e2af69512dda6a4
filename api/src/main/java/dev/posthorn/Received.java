package dev.posthorn;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an observer of events that arrive from the broker, as opposed to those that the application fires itself:
 *
 * <pre>{@code
 * void on(@Observes @Received OrderPlaced event, HandlingContext context) { ... }
 * }</pre>
 *
 * <p>Such an observer is called once for each event, in the transaction that also notes the event as handled: what it does to the
 * database is done once, however often the broker delivers the event. What it throws rolls all of that back, and the event is handled
 * again later. An observer without the qualifier is not called for events that arrive. One of a superclass or an interface is called
 * for events of its subclasses.
 *
 * <p>It must be a synchronous observer in progress: {@code @ObservesAsync} or another transaction phase is a deployment error, since
 * what they throw would be lost.
 */
@Qualifier
@Documented
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Received {

    /** The qualifier as an object. */
    final class Literal extends AnnotationLiteral<Received> implements Received {

        public static final Literal INSTANCE = new Literal();

        private static final long serialVersionUID = 1L;

        private Literal() {}
    }
}
