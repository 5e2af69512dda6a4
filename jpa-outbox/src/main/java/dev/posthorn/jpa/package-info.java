/**
 * Stores events and nodes through the application's own EntityManager: native queries alone, so that no entity has to be listed and
 * nothing of the application is flushed.
 *
 * <p>A room for each duty. {@code outbox}, {@code inbox}, {@code node} and {@code operate} each have a store for the engine and a class of SQL
 * for each of its tasks; {@code schema} has the tables; {@code transaction} and {@code statement} are what they stand on, and {@code dialect}
 * is what differs between databases. {@code JpaStores} hands the stores to CDI.
 */
@NullMarked
package dev.posthorn.jpa;

import org.jspecify.annotations.NullMarked;
