package org.hongyan.server.event;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes and drops the day partitions of the ledger. The names are made here and nowhere else. */
@Repository
final class PartitionRepository {

    private static final List<Parent> PARENTS = List.of(
            // Half a page free: the status of a recipient is updated once or a few times, in place.
            new Parent("event_recipient", "WITH (fillfactor = 60, autovacuum_vacuum_insert_threshold = -1)"),
            new Parent("event_event", "WITH (autovacuum_vacuum_insert_threshold = -1)"));
    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.BASIC_ISO_DATE;

    private record Parent(String table, String storage) {}

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    PartitionRepository(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** Makes the partitions of one UTC day where they are missing. */
    void create(LocalDate day) {
        for (Parent parent : PARENTS) {
            String name = parent.table() + "_" + SUFFIX.format(day);
            if (exists(name)) {
                continue;
            }
            transactions.executeWithoutResult(status -> {
                // Two nodes start at the same time: the second waits here and then finds it done.
                jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('event-partitions'))")
                        .query((row, n) -> 0)
                        .list();
                jdbc.sql("CREATE TABLE IF NOT EXISTS " + name + " PARTITION OF " + parent.table()
                                + " FOR VALUES FROM ('" + day + " 00:00:00+00') TO ('" + day.plusDays(1)
                                + " 00:00:00+00') " + parent.storage())
                        .update();
            });
        }
    }

    /** Drops the partitions of all days before this one. */
    int dropBefore(LocalDate oldestKept) {
        int dropped = 0;
        for (Parent parent : PARENTS) {
            String limit = parent.table() + "_" + SUFFIX.format(oldestKept);
            List<String> old = jdbc.sql("""
                            SELECT c.relname
                              FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                             WHERE i.inhparent = to_regclass(?) AND c.relname < ?
                            """)
                    .param(parent.table())
                    .param(limit)
                    .query(String.class)
                    .list();
            for (String name : old) {
                jdbc.sql("DROP TABLE IF EXISTS " + name).update();
                dropped++;
            }
        }
        return dropped;
    }

    private boolean exists(String table) {
        return jdbc.sql("SELECT to_regclass(?) IS NOT NULL")
                .param(table)
                .query(Boolean.class)
                .single();
    }
}
