package dev.posthorn.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.jpa.transaction.Database;
import dev.posthorn.jpa.transaction.UnknownDatabaseException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The stores keep the same promises where the provider does not hand its connection over, and all they have is native queries. */
abstract class NativeQueriesContract extends JpaStoreContract {

    NativeQueriesContract(Fixture.Provider provider, TestDatabase database) {
        super(provider, database);
    }

    @Override
    Fixture fixture(Fixture.Provider provider, TestDatabase database) {
        return Fixture.withKeptConnections(provider, database);
    }

    /** It can't be asked without a connection: whoever deploys is told to say what it is. */
    @Override
    @Test
    void theDatabaseIsRecognised() {
        UnknownDatabaseException unknown = assertThrows(
                UnknownDatabaseException.class, () -> Database.dialect(Fixture.config(Map.of()), fixture.transactions));

        String message = String.valueOf(unknown.getMessage());
        assertTrue(message.startsWith("POSTHORN-JPA-03: "), message);
        assertTrue(message.contains("set posthorn.database to one of postgresql, "), message);
    }

    /** Readers learn them from what they read. */
    @Test
    void numbersAreNotKnownBeforeTheyAreRead() {
        inTransaction(() -> assertEquals(List.of(), stored().append(NODE, Events.events(2))));

        assertEquals(2, unsent(NODE).events().size());
    }
}
