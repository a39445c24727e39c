package org.hongyan.server.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL that we run ourselves, and keep running: one that dies under us is started again on the same port, and
 * the connection pool finds it there. Safe for use by many threads.
 */
final class EmbeddedServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);

    private static final String ROLE = "hongyan";
    private static final String DATABASE = "hongyan";
    private static final int PORT_TRIES = 5;
    private static final long WATCH_EVERY_MILLISECONDS = 500;

    private final PostgresCluster cluster;
    private final StoreAddress address;
    private final int port;
    private boolean closed;

    private EmbeddedServer(PostgresCluster cluster, StoreAddress address, int port) {
        this.cluster = cluster;
        this.address = address;
        this.port = port;
    }

    /**
     * Starts the server of a data folder, making its database the first time.
     *
     * @param wishedPort the port to listen on at 127.0.0.1; 0 for any that is free
     * @throws StoreUnavailable when it cannot run here
     */
    static EmbeddedServer start(DataFolder folder, int wishedPort) {
        return start(folder, wishedPort, folder.resolve("postgresql").resolve("binaries"));
    }

    /** As above, with the programs in a folder that several servers may share. */
    static EmbeddedServer start(DataFolder folder, int wishedPort, Path binaries) {
        try {
            Path home = Files.createDirectories(folder.resolve("postgresql"));
            String password = password(folder);
            PostgresCluster cluster = new PostgresCluster(home, PostgresBinaries.in(binaries), PostgresIdentity.find());
            cluster.initialise(password);
            EmbeddedServer server = start(cluster, wishedPort, password);
            server.makeDatabase();
            return server;
        } catch (IOException | SQLException e) {
            throw new StoreUnavailable(
                    "The embedded PostgreSQL in " + folder.path() + " does not start: " + e.getMessage(), e);
        }
    }

    private static EmbeddedServer start(PostgresCluster cluster, int wishedPort, String password) throws IOException {
        for (int tries = 1; ; tries++) {
            int port = wishedPort == 0 ? freePort() : wishedPort;
            try {
                cluster.start(port);
                String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
                EmbeddedServer server = new EmbeddedServer(cluster, new StoreAddress(url, ROLE, password), port);
                server.watch();
                return server;
            } catch (IOException e) {
                boolean taken = String.valueOf(e.getMessage()).contains("could not bind");
                if (taken && wishedPort != 0) {
                    throw new StoreUnavailable(
                            "Port " + port + " is in use: choose another for the embedded PostgreSQL"
                                    + " with --set store.port=…",
                            e);
                }
                // Between our look and PostgreSQL's bind, someone else may have taken a port that was free.
                if (!taken || tries == PORT_TRIES) {
                    throw e;
                }
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String password(DataFolder folder) throws IOException {
        Path file = folder.resolve("postgresql").resolve("password");
        if (!Files.exists(file)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            folder.writePrivate("postgresql/password", HexFormat.of().formatHex(random) + "\n");
        }
        return Files.readString(file).strip();
    }

    /** The service's own role is no superuser: a hole in a query must not become a program on this machine. */
    private void makeDatabase() throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?connectTimeout=10&socketTimeout=60";
        try (Connection connection = DriverManager.getConnection(url, PostgresCluster.ADMIN, address.password());
                Statement statement = connection.createStatement()) {
            if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", ROLE)) {
                // The password is of our own making and hexadecimal; DDL takes no parameters.
                statement.execute("CREATE ROLE " + ROLE + " LOGIN PASSWORD '" + address.password() + "'");
            }
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", DATABASE)) {
                statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + ROLE);
            }
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Looks itself rather than wait for the exit: in a container without an init, nobody is told of it. */
    private void watch() {
        Thread.ofVirtual().name("postgresql-watch").start(() -> {
            while (pause()) {
                if (!cluster.isRunning()) {
                    restart();
                }
            }
        });
    }

    private synchronized void restart() {
        if (closed) {
            return;
        }
        LOG.error("The embedded PostgreSQL ended by itself; starting it again");
        try {
            cluster.start(port);
        } catch (IOException e) {
            LOG.error("The embedded PostgreSQL does not start; trying again", e);
        }
    }

    /** Waits a moment; false when there is nothing to watch any more. */
    private synchronized boolean pause() {
        try {
            TimeUnit.MILLISECONDS.timedWait(this, WATCH_EVERY_MILLISECONDS);
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    StoreAddress address() {
        return address;
    }

    /** Stops the server; waits for it. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        try {
            cluster.stop();
        } catch (IOException e) {
            LOG.error("The embedded PostgreSQL does not stop", e);
        }
    }
}
