package dev.posthorn.tck.reliability;

import dev.posthorn.tck.fixture.TckSettings;
import dev.posthorn.tck.ledger.Ending;
import dev.posthorn.tck.ledger.Ledger;
import java.util.List;

/** What lets nothing but the COMMIT fail: a constraint and a trigger that the database looks at no earlier. */
final class LateRefusals {

    private static final String TABLE = "%s (ending varchar(40) UNIQUE DEFERRABLE INITIALLY DEFERRED)";

    private static final String FUNCTION =
            """
            CREATE OR REPLACE FUNCTION refuse_late() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF NEW.ending = '%s' THEN
                    PERFORM pg_terminate_backend(pg_backend_pid());
                    PERFORM pg_sleep(60);
                ELSIF NEW.ending = '%s' THEN
                    RAISE EXCEPTION 'could not serialize access, on purpose' USING ERRCODE = 'serialization_failure';
                END IF;
                RETURN NULL;
            END $$""";

    private static final String TRIGGER =
            """
            CREATE CONSTRAINT TRIGGER refuse_late AFTER INSERT ON %s
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_late()""";

    private LateRefusals() {}

    /** Only PostgreSQL has constraints that wait for the COMMIT. */
    static boolean arePossible() {
        return TckSettings.database().equals("postgresql");
    }

    static List<String> statements() {
        return List.of(
                "DROP TABLE IF EXISTS " + Ledger.LATE,
                "CREATE TABLE " + TABLE.formatted(Ledger.LATE),
                "INSERT INTO %s (ending) VALUES ('%s')".formatted(Ledger.LATE, Ending.DEFERRED_CONSTRAINT),
                FUNCTION.formatted(Ending.KILLED_CONNECTION, Ending.SERIALIZATION_FAILURE),
                TRIGGER.formatted(Ledger.LATE));
    }
}
