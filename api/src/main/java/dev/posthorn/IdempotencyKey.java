package dev.posthorn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the record component, field or accessor by whose value a receiver tells events of this type from repetitions, in place of the
 * event's own id: two events of the type with the same value are the same to it, whoever published them. The value's {@code
 * toString()} counts; an event in which it is {@code null} or empty is told by its own id.
 */
@Documented
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface IdempotencyKey {}
