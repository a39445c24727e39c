package org.hongyan.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A fresh, migrated database for one test class. All come from ONE PostgreSQL that lives as long as the test run
 * (fsync off: a test run has nothing to lose), each copied from a template that was migrated once.
 *
 * <pre>{@code
 * private static final TestDatabase DATABASE = TestDatabase.fresh();
 * private final Accounts accounts = new Accounts(new AccountRepository(DATABASE.jdbc()), clock);
 * }</pre>
 *
 * <p>To have the whole service instead, annotate the test class with {@link ServerTest}.
 */
public final class TestDatabase {

    private static final String TEMPLATE = "migrated";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name;
    private final DataSource dataSource;

    private TestDatabase(String name) {
        this.name = name;
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url());
        source.setUser(user());
        source.setReWriteBatchedInserts(true);
        this.dataSource = source;
    }

    /** Copies the migrated template into a database that nobody else uses. */
    public static TestDatabase fresh() {
        return copyOf(TEMPLATE);
    }

    /** An empty database, without tables. */
    public static TestDatabase empty() {
        return copyOf("template0");
    }

    private static synchronized TestDatabase copyOf(String template) {
        String name = "test_" + COUNT.incrementAndGet();
        Server.createDatabase(name, template);
        return new TestDatabase(name);
    }

    public String url() {
        return Server.url(name);
    }

    public String user() {
        return "postgres";
    }

    /** The server of the tests trusts everybody on this machine. */
    public String password() {
        return "";
    }

    /** Each connection of it is a new one. */
    public DataSource dataSource() {
        return dataSource;
    }

    public JdbcClient jdbc() {
        return JdbcClient.create(dataSource);
    }

    /** Runs work in a transaction that {@link #jdbc()} takes part in. */
    public TransactionTemplate transactions() {
        return new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    /** Started by the first test that asks; zonky stops it and deletes its files when the JVM ends. */
    private static final class Server {

        private static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder().start();
                try (Connection connection = server.getPostgresDatabase().getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("CREATE DATABASE " + TEMPLATE);
                }
                Flyway.configure()
                        .dataSource(server.getDatabase("postgres", TEMPLATE))
                        .locations("classpath:db/migration")
                        .outOfOrder(true)
                        .load()
                        .migrate();
                return server;
            } catch (IOException | SQLException e) {
                throw new IllegalStateException("the PostgreSQL of the tests does not start", e);
            }
        }

        static void createDatabase(String name, String template) {
            try (Connection connection = POSTGRES.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
            } catch (SQLException e) {
                throw new IllegalStateException("cannot make a database for a test", e);
            }
        }

        static String url(String database) {
            return "jdbc:postgresql://127.0.0.1:" + POSTGRES.getPort() + "/" + database;
        }
    }
}
