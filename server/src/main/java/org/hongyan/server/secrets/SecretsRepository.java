package org.hongyan.server.secrets;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
final class SecretsRepository {

    private final JdbcClient jdbc;

    SecretsRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<byte[]> check() {
        return jdbc.sql("SELECT sealed FROM secrets_check").query(byte[].class).optional();
    }

    /** Only the first node to arrive writes it. */
    void writeCheck(byte[] sealed) {
        jdbc.sql("INSERT INTO secrets_check (only_row, sealed) VALUES (true, ?) ON CONFLICT DO NOTHING")
                .param(sealed)
                .update();
    }
}
