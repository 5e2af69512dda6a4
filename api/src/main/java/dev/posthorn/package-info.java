/**
 * What an application sees of Posthorn: {@link dev.posthorn.IntegrationEvent} and {@link dev.posthorn.Key} on its event classes,
 * {@link dev.posthorn.Outbox} on its EntityManager producer, the {@link dev.posthorn.IntegrationEvents} bean, notifications and
 * exceptions.
 */
@NullMarked
package dev.posthorn;

import org.jspecify.annotations.NullMarked;
