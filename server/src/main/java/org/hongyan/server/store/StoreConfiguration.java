package org.hongyan.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires the store. The beans depend on one another in the order pool, server, folder: Spring closes them in that order
 * too, after everything that uses them.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StoreProperties.class)
class StoreConfiguration {

    private static final int OLDEST_SUPPORTED = 15;

    @Bean
    DataFolder dataFolder(StoreProperties settings) {
        return DataFolder.claim(settings.folder());
    }

    @Bean
    RunningStore runningStore(StoreProperties settings, DataFolder folder) {
        return RunningStore.open(settings, folder);
    }

    @Bean
    DataSource dataSource(StoreProperties settings, RunningStore store) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setJdbcUrl(store.address().url());
        config.setUsername(store.address().user());
        config.setPassword(store.address().password());
        config.setDataSourceProperties(StoreConnections.pooled(settings));
        config.setMaximumPoolSize(settings.connections());
        config.setMinimumIdle(Math.min(2, settings.connections()));
        config.setConnectionTimeout(settings.connectionTimeout().toMillis());
        config.setValidationTimeout(Duration.ofSeconds(2).toMillis());
        config.setKeepaliveTime(Duration.ofMinutes(1).toMillis());
        config.setMaxLifetime(Duration.ofMinutes(30).toMillis());
        // The first connection is ours, below, with an error that people can read.
        config.setInitializationFailTimeout(-1);
        HikariDataSource pool = new HikariDataSource(config);
        try {
            requireVersion(pool, store.address());
            return pool;
        } catch (StoreUnavailable e) {
            pool.close();
            throw e;
        }
    }

    private static void requireVersion(DataSource pool, StoreAddress address) {
        try (Connection connection = pool.getConnection()) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST_SUPPORTED) {
                throw new StoreUnavailable("The database " + address + " is PostgreSQL " + version + "; Hongyan needs "
                        + OLDEST_SUPPORTED + " or newer.");
            }
        } catch (SQLException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            throw new StoreUnavailable("The database " + address + " does not answer: " + root.getMessage(), e);
        }
    }

    /** A migration of a large table may take its time, so it has connections without the limits of the service at work. */
    @Bean(defaultCandidate = false)
    @FlywayDataSource
    DataSource migrationDataSource(RunningStore store) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(store.address().url());
        source.setUser(store.address().user());
        source.setPassword(store.address().password());
        source.setApplicationName("hongyan migration");
        source.setTcpKeepAlive(true);
        return source;
    }

    /** The time of the service. */
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
