package org.hongyan.server.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.springframework.stereotype.Component;

/**
 * Opens connections outside of the pool, for who must hold one for long: a session's advisory lock lives exactly as long
 * as its connection. The caller closes it. Safe for use by many threads.
 */
@Component
public final class DedicatedConnections {

    private final StoreAddress address;
    private final StoreProperties settings;

    DedicatedConnections(RunningStore store, StoreProperties settings) {
        this.address = store.address();
        this.settings = settings;
    }

    /**
     * Opens a connection in auto-commit mode.
     *
     * @param purpose a word that names the holder in {@code pg_stat_activity}
     * @throws SQLException when the database does not answer
     */
    public Connection open(String purpose) throws SQLException {
        Properties properties = StoreConnections.dedicated(settings, purpose);
        properties.setProperty("user", address.user());
        properties.setProperty("password", address.password());
        return DriverManager.getConnection(address.url(), properties);
    }
}
