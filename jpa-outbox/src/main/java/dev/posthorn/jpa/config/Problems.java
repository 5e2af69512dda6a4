package dev.posthorn.jpa.config;

import dev.posthorn.jpa.dialect.DatabaseProduct;
import dev.posthorn.log.FailureText;
import dev.posthorn.log.Printable;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What this module has to say to people: what happened, what follows, what to do. */
public final class Problems {

    private static final int LONGEST = 1000;

    private static final String SLOW =
            ". Without it, each event may read the whole table. Execute, one statement at a time and outside any transaction (where it says"
                    + " CONCURRENTLY, other transactions go on meanwhile):\n";

    private Problems() {}

    static String notAllowed(String key, String value, String allowed) {
        return "POSTHORN-JPA-01: " + Printable.text(key) + "=" + Printable.text(value) + " is not allowed. Set it to "
                + allowed + ".";
    }

    public static String databaseNotSupported(String product) {
        return "POSTHORN-JPA-02: The @Outbox EntityManager works on the database \"" + Printable.text(product)
                + "\", for which Posthorn has no SQL, so no event can be stored. It has for PostgreSQL, MariaDB, MySQL, H2 and Apache Derby. If "
                + "this one speaks the SQL of one of them, set " + StoreConfig.DATABASE + " to "
                + StoreConfig.databases()
                + "; or replace the dev.posthorn.spi.EventStore with a bean of your own.";
    }

    public static String lookAlike(String product, String version) {
        return "POSTHORN-JPA-22: The @Outbox EntityManager works on " + Printable.text(product)
                + ", which presents itself as another database ("
                + Printable.upTo(LONGEST, version)
                + "). It does not number rows in the order of commits, so events of one key would be sent out of"
                + " order, and no error would say so. Use the original; or replace the dev.posthorn.spi.EventStore and InboxStore with beans of your own.";
    }

    public static String databaseTooOld(DatabaseProduct product, String earliest) {
        return "POSTHORN-JPA-11: The @Outbox EntityManager works on " + product
                + ", which lacks what Posthorn needs or was never tried, so no event can be stored. Use version "
                + earliest
                + " or a later one.";
    }

    public static String databaseNotFound(Throwable cause) {
        return "POSTHORN-JPA-03: The @Outbox EntityManager could not be asked for its database (" + rootMessage(cause)
                + "), so no event can be stored. If the database can be reached, set " + StoreConfig.DATABASE
                + " to " + StoreConfig.databases() + " and Posthorn need not ask.";
    }

    public static String tablesMissing(List<String> tables, Throwable cause, String ddl) {
        return "POSTHORN-JPA-04: The table" + (tables.size() > 1 ? "s " : " ")
                + tables.stream().map(Printable::text).collect(Collectors.joining(", ")) + " can't be read ("
                + rootMessage(cause) + "), and Posthorn needs " + (tables.size() > 1 ? "them" : "it") + ". Set "
                + StoreConfig.SCHEMA_MODE + "=create, or execute:\n" + ddl;
    }

    public static String columnMissing(String table, String column, Throwable cause, String ddl) {
        return "POSTHORN-JPA-05: The column " + Printable.text(column) + " of the table " + Printable.text(table)
                + " can't be read (" + rootMessage(cause) + "), and Posthorn needs it. Execute:\n" + ddl;
    }

    public static String notOurs(String table, List<String> missing) {
        return "POSTHORN-JPA-17: The table " + Printable.text(table) + " is none of Posthorn's: it lacks "
                + missing.stream().map(Printable::text).collect(Collectors.joining(", "))
                + ". It is left alone. Give Posthorn's table a name of its own: see posthorn.table.* in the configuration.";
    }

    public static String notCreated(String table, Throwable cause, String ddl) {
        return "POSTHORN-JPA-06: " + (table.isEmpty() ? "A function" : "The table " + Printable.text(table))
                + " could not be created or changed (" + rootMessage(cause)
                + "), and Posthorn needs it. Mend that, or have somebody who may create tables execute:\n" + ddl;
    }

    public static String indexMissing(String index, String table, String ddl) {
        return "POSTHORN-JPA-18: The table " + Printable.text(table) + " lacks the index " + Printable.text(index)
                + SLOW + ddl;
    }

    public static String indexWrong(String index, String table, String there, String wanted, String ddl) {
        return "POSTHORN-JPA-18: The index " + Printable.text(index) + " of the table " + Printable.text(table) + " is "
                + Printable.text(there) + ", and has to be " + Printable.text(wanted) + SLOW + ddl;
    }

    public static String older(int version, int needed, String ddl) {
        return "POSTHORN-JPA-19: The tables have " + (version == 0 ? "no version" : "version " + version)
                + " of the schema, and this Posthorn needs version " + needed + ". Set " + StoreConfig.SCHEMA_MODE
                + "=create, or execute:\n" + ddl;
    }

    public static String beforeVersions(String table, List<String> missing) {
        return "POSTHORN-JPA-21: The table " + Printable.text(table)
                + " is from before the first version of the schema: it lacks "
                + missing.stream().map(Printable::text).collect(Collectors.joining(", "))
                + ". It is left alone, with what is in it. Migrate it as docs/UPGRADING.md says, or remove it if all of it was delivered.";
    }

    public static String noEntityManager() {
        return """
                POSTHORN-JPA-07: No bean hands the application's EntityManager over to Posthorn, so no event can be stored. Add to any \
                bean of the application:

                    @Produces @Outbox @PersistenceContext EntityManager em;

                with the imports jakarta.enterprise.inject.Produces, dev.posthorn.Outbox, jakarta.persistence.PersistenceContext and \
                jakarta.persistence.EntityManager. If Posthorn is in the lib directory of an EAR, that bean must be in an EJB module or in \
                a library: libraries don't see the beans of web modules.""";
    }

    public static String severalEntityManagers(List<String> producers) {
        return "POSTHORN-JPA-08: Several beans hand an @Outbox EntityManager over to Posthorn, which stores all events through one. "
                + "Keep the one whose persistence unit has the business data, and remove the others:\n    "
                + producers.stream().map(Printable::text).collect(Collectors.joining("\n    "));
    }

    public static String functionMissing(String function, Throwable cause, String ddl) {
        return "POSTHORN-JPA-09: The function " + Printable.text(function) + " can't be called (" + rootMessage(cause)
                + "), and Posthorn needs it. Set " + StoreConfig.SCHEMA_MODE + "=create, or execute:\n" + ddl;
    }

    public static String tooLarge(long bytes, String setting, Throwable cause) {
        return "POSTHORN-JPA-10: A payload of " + bytes + " bytes could not be stored (" + rootMessage(cause)
                + "). It may be larger than the setting " + setting
                + " of the database allows: set that higher, or keep large data "
                + "elsewhere and refer to it.";
    }

    private static final String NAME_IT =
            """
             Let <jta-data-source> of its persistence unit name a data source whose connections the server enlists in every transaction. On \
            Payara that is one of the application, such as java:app/jdbc/shop, or one of the server by its own name, such as jdbc/shop, \
            never java:comp/DefaultDataSource.""";

    public static String notUndone(String when) {
        return "POSTHORN-JPA-12: What was written " + when
                + " through the @Outbox EntityManager stayed although that was rolled back: its connection had committed it at once. "
                + "Events could be sent of what never happened, and business data be kept by halves." + NAME_IT;
    }

    public static String notWrittenLate(@Nullable Throwable cause) {
        return "POSTHORN-JPA-12: Nothing can be written through the @Outbox EntityManager while a transaction completes ("
                + (cause == null ? "the server called no synchronization" : rootMessage(cause))
                + "), so events that are fired then could not be stored." + NAME_IT;
    }

    public static String notEnlisted() {
        return "POSTHORN-JPA-13: There is a transaction, and the connection of the @Outbox EntityManager is not in it: it would commit each "
                + "statement at once. So nothing was written on it, and the transaction is rolled back." + NAME_IT;
    }

    public static String notJoined() {
        return "POSTHORN-JPA-14: The @Outbox EntityManager does not join the server's transactions, so no event can be stored in them. Its "
                + "persistence unit must be transaction-type=\"JTA\" with a <jta-data-source>, and @PersistenceContext must not say "
                + "SynchronizationType.UNSYNCHRONIZED.";
    }

    static String oneNameForSeveralTables(String name, List<String> keys) {
        return "POSTHORN-JPA-15: The name " + Printable.text(name) + " stands for several tables: "
                + keys.stream().map(Printable::text).collect(Collectors.joining(", "))
                + ". They have different columns. Give each of them a name of its own.";
    }

    public static String numbersBeginAgain(String table, long next, long largest, String ddl) {
        return "POSTHORN-JPA-23: The numbers of events begin again: the next one in the table " + Printable.text(table)
                + " is " + next + ", and there is " + largest
                + " already, as after a restore or a cut-over without sequences. New events would be sent before older ones of their key, or be overlooked. Stop"
                + " all nodes, and execute:\n" + ddl;
    }

    public static String nothingStored(String table, Throwable cause) {
        return "POSTHORN-JPA-24: No event can be stored in the table " + Printable.text(table) + " ("
                + rootMessage(cause)
                + "), as was tried in a transaction that was rolled back. Let the user of the data source insert, read and delete rows there, and mend"
                + " constraints and triggers that refuse them.";
    }

    /** The first line of what the driver said; the others, and what wraps it, repeat the statement and more. */
    private static String rootMessage(Throwable thrown) {
        Throwable root = FailureText.rootOf(thrown);
        String message = root.getMessage() == null ? FailureText.messageOf(root) : root.getMessage();
        return Printable.upTo(LONGEST, message.strip().lines().findFirst().orElse(""))
                .toString();
    }
}
