/** An application that receives: handlers whose work is in the database, middleware, and events that misbehave as they are told. */
package dev.posthorn.tck.inbox;
