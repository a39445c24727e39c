package org.hongyan.server.feedback;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The key of the return paths. */
@Repository
final class FeedbackRepository {

    private final JdbcClient jdbc;

    FeedbackRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The stored key; {@code fresh} becomes it when there is none yet. */
    byte[] key(byte[] fresh) {
        jdbc.sql("INSERT INTO feedback_key (id, sealed) VALUES (1, ?) ON CONFLICT DO NOTHING")
                .param(fresh)
                .update();
        return jdbc.sql("SELECT sealed FROM feedback_key WHERE id = 1")
                .query(byte[].class)
                .single();
    }
}
