package org.hongyan.server.store;

import java.time.Duration;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What every connection to the database is opened with: limits for statements, locks and silence. A peer that vanished
 * without a word (power cut, cut cable) is noticed by both ends within half a minute, since the locks of a dead node
 * must come free and a live one must not wait for ever.
 */
final class StoreConnections {

    private StoreConnections() {}

    /** Properties of the JDBC driver for connections of the pool. */
    static Properties pooled(StoreProperties settings) {
        Properties properties = common("hongyan");
        properties.setProperty(
                "options",
                options(Stream.of(
                        "statement_timeout=" + settings.statementTimeout().toMillis(),
                        "lock_timeout=" + settings.lockTimeout().toMillis(),
                        "idle_in_transaction_session_timeout=60000")));
        // Above the statement timeout, so that the server's clear answer comes first.
        Duration silence = settings.statementTimeout().plusSeconds(15);
        properties.setProperty("socketTimeout", Long.toString(Math.max(1, silence.toSeconds())));
        return properties;
    }

    /** The same for a connection that one room keeps: it may stay idle for days. */
    static Properties dedicated(StoreProperties settings, String name) {
        Properties properties = common("hongyan " + name);
        properties.setProperty(
                "options",
                options(Stream.of(
                        "statement_timeout=" + settings.statementTimeout().toMillis(),
                        "lock_timeout=" + settings.lockTimeout().toMillis())));
        Duration silence = settings.statementTimeout().plusSeconds(15);
        properties.setProperty("socketTimeout", Long.toString(Math.max(1, silence.toSeconds())));
        return properties;
    }

    private static Properties common(String name) {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", name);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "10");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("reWriteBatchedInserts", "true");
        return properties;
    }

    private static String options(Stream<String> more) {
        return Stream.concat(
                        Stream.of(
                                "TimeZone=UTC",
                                "tcp_keepalives_idle=10",
                                "tcp_keepalives_interval=5",
                                "tcp_keepalives_count=3",
                                "tcp_user_timeout=25000"),
                        more)
                .map(option -> "-c " + option)
                .collect(Collectors.joining(" "));
    }
}
