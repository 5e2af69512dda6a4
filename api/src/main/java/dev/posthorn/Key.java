package dev.posthorn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the record component, field or accessor whose value is the event's key: events of one key keep their order, and the
 * broker gets the key for partitioning. The value's {@code toString()} is the key; {@code null} or an empty text means that the
 * event has none and is delivered in no particular order.
 */
@Documented
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Key {}
