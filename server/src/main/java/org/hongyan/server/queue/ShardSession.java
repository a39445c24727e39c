package org.hongyan.server.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.hongyan.server.store.DedicatedConnections;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The one connection that holds a node's shards and settles their results. Advisory locks live as long as their
 * connection, so a node that lost it cannot settle, and whoever gets the lock next knows that nobody else does. This
 * rests on PostgreSQL alone, not on a protocol or a clock of ours.
 *
 * <p>A node that is silent loses its session by {@code idle_session_timeout}, even when its host still answers for it
 * (a stopped process). Thread-safe; one piece of work at a time.
 */
@Component
class ShardSession {

    private static final Logger LOG = LoggerFactory.getLogger(ShardSession.class);

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);

    /** Opens a connection for long use: a seam to the outside. */
    interface Opening {
        Connection open() throws SQLException;
    }

    private final DataSource dataSource;
    private final Opening opening;
    private final Duration healthyFor;
    private final Duration abandonAfter;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Connection connection;
    private volatile long lastAnswer;
    private volatile boolean open;

    @Autowired
    ShardSession(DataSource dataSource, DedicatedConnections connections, QueueProperties properties) {
        this(dataSource, () -> connections.open("shards"), properties);
    }

    ShardSession(DataSource dataSource, Opening opening, QueueProperties properties) {
        this.dataSource = dataSource;
        this.opening = opening;
        this.healthyFor = properties.healthyFor();
        this.abandonAfter = properties.abandonAfter();
    }

    /** There is no connection to the database now; what was to be done was not done, or it is not known whether. */
    static final class SessionLostException extends DataAccessResourceFailureException {
        private static final long serialVersionUID = 1L;

        SessionLostException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** Whether the database has answered on this connection lately, so that the shards are surely still ours. */
    boolean healthy() {
        return open && System.nanoTime() - lastAnswer < healthyFor.toNanos();
    }

    boolean isOpen() {
        return open;
    }

    /** Connects anew; the locks of the connection before are gone. */
    void connect() throws SQLException {
        lock.lock();
        try {
            discard();
            Connection fresh = opening.open();
            try (var statement = fresh.createStatement()) {
                // Every table here is reached by its key. With stale figures right after a flood the planner takes a
                // sequential scan of a million rows for cheap; this session must never do that.
                statement.execute("SET enable_seqscan = off");
                statement.execute("SET enable_hashjoin = off");
                statement.execute("SET enable_mergejoin = off");
                statement.execute("SET idle_session_timeout = " + abandonAfter.toMillis());
                statement.execute("SET idle_in_transaction_session_timeout = " + abandonAfter.toMillis());
            } catch (SQLException e) {
                fresh.close();
                throw e;
            }
            fresh.setNetworkTimeout(Runnable::run, (int) LONGEST_SILENCE.toMillis());
            connection = fresh;
            lastAnswer = System.nanoTime();
            open = true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Does work in one transaction on this connection: every repository of any room that is called on this thread joins
     * it.
     *
     * @throws SessionLostException when the connection is gone; a commit may or may not have happened then
     */
    <T> T inTransaction(Supplier<T> work) {
        lock.lock();
        try {
            Connection held = connection;
            if (held == null) {
                throw new SessionLostException("there is no session", null);
            }
            try {
                held.setAutoCommit(false);
                TransactionSynchronizationManager.bindResource(dataSource, new ConnectionHolder(held));
                T result;
                try {
                    result = work.get();
                } finally {
                    TransactionSynchronizationManager.unbindResource(dataSource);
                }
                held.commit();
                held.setAutoCommit(true);
                lastAnswer = System.nanoTime();
                return result;
            } catch (SQLException e) {
                discard();
                throw new SessionLostException("the session broke", e);
            } catch (RuntimeException e) {
                rollBack(held);
                throw open ? e : new SessionLostException("the session broke", e);
            }
        } finally {
            lock.unlock();
        }
    }

    private void rollBack(Connection held) {
        try {
            held.rollback();
            held.setAutoCommit(true);
            if (!held.isValid(2)) {
                discard();
            }
        } catch (SQLException e) {
            discard();
        }
    }

    /** Tries the locks of these numbers in a class; true where it got them. */
    boolean[] tryLock(int lockClass, int[] numbers) throws SQLException {
        boolean[] got = new boolean[numbers.length];
        query(
                "SELECT n.i, pg_try_advisory_lock(?, n.number) FROM unnest(?::int[]) WITH ORDINALITY AS n (number, i)",
                statement -> {
                    statement.setInt(1, lockClass);
                    statement.setObject(2, numbers);
                },
                row -> got[row.getInt(1) - 1] = row.getBoolean(2));
        return got;
    }

    void unlock(int lockClass, int number) throws SQLException {
        query(
                "SELECT pg_advisory_unlock(?, ?)",
                statement -> {
                    statement.setInt(1, lockClass);
                    statement.setInt(2, number);
                },
                row -> {});
    }

    /** Binds the parameters of a statement. */
    interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    /** Reads one row. */
    interface RowReading {
        void read(ResultSet row) throws SQLException;
    }

    /** One statement outside of any transaction. */
    void query(String sql, Binding binding, RowReading reading) throws SQLException {
        lock.lock();
        try {
            Connection held = connection;
            if (held == null) {
                throw new SQLException("there is no session");
            }
            try (PreparedStatement statement = held.prepareStatement(sql)) {
                binding.bind(statement);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        reading.read(rows);
                    }
                }
                lastAnswer = System.nanoTime();
            } catch (SQLException e) {
                discard();
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Closes the connection and so gives every shard back. */
    void close() {
        lock.lock();
        try {
            discard();
        } finally {
            lock.unlock();
        }
    }

    private void discard() {
        open = false;
        Connection held = connection;
        connection = null;
        if (held != null) {
            try {
                held.close();
            } catch (SQLException e) {
                LOG.debug("The broken session did not close in order", e);
            }
        }
    }
}
