package dev.posthorn.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.PosthornException;
import dev.posthorn.jpa.config.StoreConfig;
import dev.posthorn.jpa.dialect.SupportedDatabase;
import dev.posthorn.jpa.node.Nodes;
import dev.posthorn.jpa.outbox.JpaEventStore;
import dev.posthorn.jpa.schema.Trial;
import dev.posthorn.jpa.statement.Connections;
import dev.posthorn.jpa.transaction.Enlistment;
import dev.posthorn.jpa.transaction.Transactions;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transactions that are none are found out, whenever that is so, and nothing of the trial stays. */
class TrialTest {

    private final Fixture eclipseLink = new Fixture(Fixture.Provider.ECLIPSELINK, TestDatabase.H2);
    private final Fixture hibernate = new Fixture(Fixture.Provider.HIBERNATE, TestDatabase.H2);

    @BeforeEach
    void createTables() {
        eclipseLink.preparedStore();
        hibernate.preparedStore();
    }

    @AfterEach
    void close() {
        eclipseLink.close();
        hibernate.close();
    }

    @ParameterizedTest
    @EnumSource
    void realTransactionsAreFoundToBeSuch(Fixture.Provider provider) {
        Fixture fixture = of(provider);

        assertEquals(List.of(), problems(fixture, fixture.transactions));
    }

    @ParameterizedTest
    @EnumSource
    void transactionsOfOurOwnThatCommitByThemselvesAreReported(Fixture.Provider provider) {
        Fixture fixture = of(provider);

        List<String> problems = problems(fixture, new Decorated(fixture.transactions) {
            @Override
            public void rolledBack(Consumer<EntityManager> work) {
                committed(work);
            }
        });

        assertEquals(1, problems.size(), problems::toString);
        assertTrue(
                problems.get(0).startsWith("POSTHORN-JPA-12: What was written in a transaction of Posthorn's own"),
                problems::toString);
        assertTrue(
                problems.get(0).contains("such as jdbc/shop, never java:comp/DefaultDataSource"), problems::toString);
    }

    /** It has to be tried whether numbers go on before it is known whether anything is rolled back. */
    @ParameterizedTest
    @EnumSource
    void noEventStaysOfATransactionThatCommitsByItself(Fixture.Provider provider) {
        Fixture fixture = of(provider);
        Transactions committing = new Decorated(fixture.transactions) {
            @Override
            public void rolledBack(Consumer<EntityManager> work) {
                committed(work);
            }
        };

        assertEquals(List.of(), new JpaEventStore(committing, Fixture.config(Map.of())).prepare());
        assertEquals("0", Jdbc.query(fixture.dataSource, "SELECT COUNT(*) FROM posthorn_outbox"));
    }

    @ParameterizedTest
    @EnumSource
    void aLateMomentThatCommitsByItselfIsReported(Fixture.Provider provider) {
        Fixture fixture = of(provider);

        List<String> problems = problems(fixture, new Decorated(fixture.transactions) {
            @Override
            public void rolledBackLate(Consumer<EntityManager> work, Consumer<EntityManager> late) {
                rolledBack(work);
                committed(late);
                throw new IllegalStateException("the transaction was rolled back");
            }
        });

        assertEquals(1, problems.size(), problems::toString);
        assertTrue(
                problems.get(0).startsWith("POSTHORN-JPA-12: What was written while a transaction completed"),
                problems::toString);
    }

    @ParameterizedTest
    @EnumSource
    void aLateMomentAtWhichNothingCanBeWrittenIsReportedWithItsCause(Fixture.Provider provider) {
        Fixture fixture = of(provider);

        List<String> problems = problems(fixture, new Decorated(fixture.transactions) {
            @Override
            public void rolledBackLate(Consumer<EntityManager> work, Consumer<EntityManager> late) {
                rolledBack(work);
                throw new IllegalStateException("no connection to be had");
            }
        });

        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).contains("(no connection to be had)"), problems::toString);
    }

    /** Whatever else would fail first: the cure is the same, also where the database need not be asked for. */
    @ParameterizedTest
    @EnumSource
    void anEntityManagerThatJoinsNoTransactionIsReportedWithTheCure(Fixture.Provider provider) {
        Fixture fixture = of(provider);
        Transactions outside = new Decorated(fixture.transactions) {
            @Override
            public <T> T separately(Function<EntityManager, T> work) {
                try (EntityManager neverJoined = fixture.factory.createEntityManager()) {
                    return work.apply(neverJoined);
                }
            }
        };

        for (StoreConfig config :
                List.of(Fixture.config(Map.of()), Fixture.config(Map.of(StoreConfig.DATABASE, "h2")))) {
            List<String> problems = new JpaEventStore(outside, config).prepare();

            assertEquals(1, problems.size(), problems::toString);
            assertTrue(problems.get(0).startsWith("POSTHORN-JPA-14: "), problems::toString);
            assertTrue(problems.get(0).contains("must not say SynchronizationType.UNSYNCHRONIZED"), problems::toString);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatCommitsByItselfIsRefusedIfTheDriverTellsThem(Fixture.Provider provider) {
        Enlistment enlistment = new Enlistment();
        of(provider).transactions.separately(em -> {
            enlistment.require(em);
            Connections.lend(em, TrialTest::autoCommit);
            enlistment.require(em);

            enlistment.seen(false);

            PosthornException refused = assertThrows(PosthornException.class, () -> enlistment.require(em));
            assertTrue(refused.toString().contains("POSTHORN-JPA-13: There is a transaction"), refused::toString);

            enlistment.seen(true);
            enlistment.require(em);
            return Connections.lend(em, TrialTest::noAutoCommit);
        });
    }

    private Fixture of(Fixture.Provider provider) {
        return provider == Fixture.Provider.HIBERNATE ? hibernate : eclipseLink;
    }

    private static boolean autoCommit(Connection connection) {
        return set(connection, true);
    }

    private static boolean noAutoCommit(Connection connection) {
        return set(connection, false);
    }

    private static boolean set(Connection connection, boolean autoCommit) {
        try {
            connection.setAutoCommit(autoCommit);
            return autoCommit;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the trial finds; it leaves no node behind. */
    private static List<String> problems(Fixture fixture, Transactions transactions) {
        StoreConfig config = Fixture.config(Map.of());
        Nodes nodes = new Nodes(SupportedDatabase.H2.dialect(), config.tables());
        List<String> problems = new Trial(transactions, nodes).problems();
        assertEquals("0", Jdbc.query(fixture.dataSource, "SELECT COUNT(*) FROM posthorn_node"));
        return problems;
    }

    private static class Decorated implements Transactions {

        private final Transactions real;

        Decorated(Transactions real) {
            this.real = real;
        }

        final void committed(Consumer<EntityManager> work) {
            real.separately(em -> {
                work.accept(em);
                return true;
            });
        }

        @Override
        public void open() {
            real.open();
        }

        @Override
        public EntityManager current() {
            return real.current();
        }

        @Override
        public void without(Consumer<EntityManager> work) {
            real.without(work);
        }

        @Override
        public <T> T separately(Function<EntityManager, T> work) {
            return real.separately(work);
        }

        @Override
        public void rolledBack(Consumer<EntityManager> work) {
            real.rolledBack(work);
        }

        @Override
        public void rolledBackLate(Consumer<EntityManager> work, Consumer<EntityManager> late) {
            real.rolledBackLate(work, late);
        }

        @Override
        public Enlistment enlistment() {
            return real.enlistment();
        }
    }
}
