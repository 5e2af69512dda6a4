/**
 * Stores events and nodes through the application's own EntityManager: native queries alone, so that no entity has to be listed and
 * nothing of the application is flushed.
 *
 * <p>By task: {@code Append}, {@code UnsentQuery}, {@code Turns}, {@code Marks}, {@code Delays}, {@code Shelves}, {@code WaitingKeys},
 * {@code Release}, {@code Adoption}, {@code CleanUp}, {@code Nodes} hold the SQL, {@code Dialect} what differs between databases, {@code
 * Schema} the tables; {@code JpaEventStore} and {@code JpaNodeStore} put them into transactions; {@code JpaStores} hands them to CDI.
 */
@NullMarked
package dev.posthorn.jpa;

import org.jspecify.annotations.NullMarked;
