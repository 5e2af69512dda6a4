package dev.posthorn;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Hands the application's own EntityManager over to Posthorn, so that events are stored on the very connection, and in the very
 * transaction, of the business data. An application declares exactly one such producer:
 *
 * <pre>{@code
 * @Produces @Outbox @PersistenceContext EntityManager em;
 * }</pre>
 */
@Qualifier
@Documented
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Outbox {

    /** The qualifier as an object, for programmatic look-up. */
    final class Literal extends AnnotationLiteral<Outbox> implements Outbox {

        public static final Literal INSTANCE = new Literal();

        private static final long serialVersionUID = 1L;

        private Literal() {}
    }
}
