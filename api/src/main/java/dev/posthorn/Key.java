package dev.posthorn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the record component, field or accessor whose value is the event's key: events of one key keep their order, and the
 * broker gets the key for partitioning. The value's {@code toString()} is the key, of an {@link java.util.Optional} that of what is in it;
 * {@code null} or an empty text means that the event has none and is delivered in no particular order. An array is refused, and so is
 * a value without a {@code toString()} of its own, since equal ones would be different keys.
 */
@Documented
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Key {}
