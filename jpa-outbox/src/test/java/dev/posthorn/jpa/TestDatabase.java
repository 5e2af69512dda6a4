package dev.posthorn.jpa;

import com.mysql.cj.jdbc.MysqlDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.sql.DataSource;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.mariadb.jdbc.MariaDbPoolDataSource;
import org.postgresql.ds.PGPoolingDataSource;

/** The databases that everything is tested on. Each call makes an empty one. */
enum TestDatabase {
    H2 {
        @Override
        DataSource create(String name) {
            JdbcDataSource dataSource = new JdbcDataSource();
            dataSource.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
            return dataSource;
        }
    },
    DERBY {
        @Override
        DataSource create(String name) {
            EmbeddedDataSource dataSource = new EmbeddedDataSource();
            dataSource.setDatabaseName("memory:" + name);
            dataSource.setCreateDatabase("create");
            return dataSource;
        }
    },
    POSTGRESQL {
        @Override
        @SuppressWarnings("deprecation") // the pool that comes with the driver is good enough for tests
        DataSource create(String name) {
            Server.execute("CREATE DATABASE " + name);
            PGPoolingDataSource dataSource = new PGPoolingDataSource();
            dataSource.setDataSourceName(name);
            dataSource.setURL(Server.POSTGRES.getJdbcUrl("postgres", name));
            return dataSource;
        }

        @Override
        @SuppressWarnings("deprecation")
        void close(DataSource dataSource) {
            ((PGPoolingDataSource) dataSource).close();
        }
    },
    MARIADB {
        @Override
        DataSource create(String name) {
            // What is a schema elsewhere is a database of its own here, and outlives the test that made it.
            MariaDbServer.execute("DROP DATABASE IF EXISTS messaging", "CREATE DATABASE " + name);
            return MariaDbServer.pool(name);
        }

        /** A packet has 16 MB by default, and the rest of the statement is in it as well. */
        @Override
        int largestPayload() {
            return 15 << 20;
        }

        @Override
        void close(DataSource dataSource) {
            ((MariaDbPoolDataSource) dataSource).close();
        }
    },
    MYSQL {
        @Override
        DataSource create(String name) {
            MySqlServer.execute(
                    "DROP DATABASE IF EXISTS messaging", "DROP DATABASE IF EXISTS " + name, "CREATE DATABASE " + name);
            return MySqlServer.dataSource(name);
        }
    },
    MYSQL_WITH_XA {
        @Override
        DataSource create(String name) {
            MYSQL.create(name);
            // As documented.
            MySqlServer.execute(
                    "CREATE USER IF NOT EXISTS shop@localhost",
                    "GRANT ALL ON " + name + ".* TO shop@localhost",
                    "GRANT ALL ON messaging.* TO shop@localhost",
                    "GRANT EXECUTE ON PROCEDURE sys.execute_prepared_stmt TO shop@localhost",
                    "GRANT EXECUTE ON FUNCTION sys.sys_get_config TO shop@localhost",
                    "GRANT SELECT ON sys.sys_config TO shop@localhost");
            MysqlDataSource dataSource = MySqlServer.dataSource(name);
            dataSource.setUser("shop");
            return XaTransactions.of(dataSource);
        }
    };

    abstract DataSource create(String name);

    /** The largest that is tried; each takes it with the settings it comes with. */
    int largestPayload() {
        return 20 << 20;
    }

    /** Ends what {@link #create} keeps open. */
    void close(DataSource dataSource) {}

    /** Started when first asked for, and stopped by its own hook when the JVM ends. */
    private static final class Server {

        static final EmbeddedPostgres POSTGRES = start();

        static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static void execute(String sql) {
            Jdbc.execute(POSTGRES.getPostgresDatabase(), sql);
        }
    }
}
