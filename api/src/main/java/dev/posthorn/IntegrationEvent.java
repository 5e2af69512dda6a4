package dev.posthorn;

import jakarta.enterprise.inject.Stereotype;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class or record whose instances, fired with the CDI {@link jakarta.enterprise.event.Event} API inside a JTA
 * transaction, are published to the world if and only if that transaction commits.
 *
 * <p>Every member can be overridden in MicroProfile Config, by the event's logical type:
 * {@code posthorn.event.<type>.topic}, {@code posthorn.event.<type>.channel}, {@code posthorn.event.<type>.ordered},
 * {@code posthorn.event.<type>.when-dead}.
 *
 * <p>A subclass without the annotation is published as its nearest annotated superclass, with all its data: receivers can tell it apart
 * only by that, as {@code @JsonbTypeInfo} on the superclass arranges. A subclass with an annotation of its own inherits nothing of the
 * other one. An annotated class is never a bean.
 */
// A stereotype is a bean defining annotation: that is what makes the container show annotated classes to extensions in
// archives
// with the default discovery mode. Posthorn then vetoes them.
@Stereotype
@Inherited
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface IntegrationEvent {

    /** The broker's topic, or routing key. Default: the simple name of the class. */
    String topic() default "";

    /**
     * The outgoing channel, configured as {@code mp.messaging.outgoing.<channel>.*}. Default: the value of
     * {@code posthorn.channel}, which is {@code posthorn} unless set.
     */
    String channel() default "";

    /**
     * The logical type, which travels with the event and which receivers match. It must be unique among the published types of
     * an application and should outlive renamed classes. Default: the simple name of the class.
     */
    String type() default "";

    /** Whether events of one {@link Key} are delivered in the order of their commits. */
    boolean ordered() default true;

    /** What becomes of later events of one {@link Key} when this one can't be delivered; without order, nothing. */
    WhenDead whenDead() default WhenDead.BLOCK;
}
