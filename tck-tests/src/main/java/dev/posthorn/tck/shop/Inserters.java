package dev.posthorn.tck.shop;

import java.util.List;

/**
 * Notes on PostgreSQL which transaction and connection insert purchases and events. Events have them in a table of their own, since they
 * are moved by another transaction when they are delivered.
 */
public final class Inserters {

    /** Has {@code event_key} and {@code inserted_by}; purchases have the latter themselves. */
    public static final String OF_EVENTS = "inserted_event";

    public static final List<String> STATEMENTS = List.of(
            "ALTER TABLE purchase ADD COLUMN inserted_by text DEFAULT txid_current() || ' on ' || pg_backend_pid()",
            "CREATE TABLE " + OF_EVENTS
                    + " (event_key text, inserted_by text DEFAULT txid_current() || ' on ' || pg_backend_pid())",
            """
            CREATE FUNCTION note_inserter() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO %s (event_key) VALUES (NEW.event_key);
                RETURN NULL;
            END $$"""
                    .formatted(OF_EVENTS),
            "CREATE TRIGGER note_inserter AFTER INSERT ON posthorn_outbox FOR EACH ROW EXECUTE FUNCTION note_inserter()");

    private Inserters() {}
}
