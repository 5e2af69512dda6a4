package dev.posthorn.messaging;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Tells the publishers that the extension adds from each other, and from the class they are made of. */
@Qualifier
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface PublisherFor {

    /** The incoming channel. */
    String value();

    /** The qualifier as an object. */
    final class Literal extends AnnotationLiteral<PublisherFor> implements PublisherFor {

        private static final long serialVersionUID = 1L;

        private final String channel;

        Literal(String channel) {
            this.channel = channel;
        }

        @Override
        public String value() {
            return channel;
        }
    }
}
