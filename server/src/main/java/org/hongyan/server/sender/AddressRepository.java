package org.hongyan.server.sender;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.server.account.AccountId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table sender_address. */
@Repository
class AddressRepository {

    private static final String COLUMNS = """
            id, account_id, address, alias, password_hash, previous_password_hash, created_at
            """;

    private final JdbcClient jdbc;

    AddressRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An address with the hashes of its last two SMTP passwords. */
    record StoredAddress(
            SenderAddress address,
            @Nullable String passwordHash,
            @Nullable String previousPasswordHash) {}

    int count(long domainId) {
        return jdbc.sql("SELECT count(*) FROM sender_address WHERE domain_id = :domain")
                .param("domain", domainId)
                .query(Integer.class)
                .single();
    }

    /** False when there is such an address already. */
    boolean insert(AccountId account, long domainId, EmailAddress address, String alias, Instant now) {
        return jdbc.sql("""
                        INSERT INTO sender_address (account_id, domain_id, address, address_key, alias, created_at)
                        VALUES (:account, :domain, :address, :key, :alias, :now)
                        ON CONFLICT (address_key) DO NOTHING
                        """)
                        .param("account", account.value())
                        .param("domain", domainId)
                        .param("address", address.toString())
                        .param("key", address.comparisonKey())
                        .param("alias", alias)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    List<StoredAddress> list(AccountId account) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM sender_address WHERE account_id = :account ORDER BY address_key")
                .param("account", account.value())
                .query(AddressRepository::address)
                .list();
    }

    Optional<StoredAddress> find(AccountId account, EmailAddress address) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM sender_address WHERE account_id = :account AND address_key = :key")
                .param("account", account.value())
                .param("key", address.comparisonKey())
                .query(AddressRepository::address)
                .optional();
    }

    /** Whoever's it is: for a login, which does not know the account yet. */
    Optional<StoredAddress> findAny(EmailAddress address) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM sender_address WHERE address_key = :key")
                .param("key", address.comparisonKey())
                .query(AddressRepository::address)
                .optional();
    }

    boolean delete(AccountId account, long id) {
        return jdbc.sql("DELETE FROM sender_address WHERE account_id = :account AND id = :id")
                        .param("account", account.value())
                        .param("id", id)
                        .update()
                == 1;
    }

    void rename(AccountId account, long id, String alias) {
        jdbc.sql("UPDATE sender_address SET alias = :alias WHERE account_id = :account AND id = :id")
                .param("alias", alias)
                .param("account", account.value())
                .param("id", id)
                .update();
    }

    void setPassword(AccountId account, long id, String hash) {
        jdbc.sql("""
                        UPDATE sender_address
                        SET previous_password_hash = password_hash, password_hash = :hash
                        WHERE account_id = :account AND id = :id
                        """)
                .param("hash", hash)
                .param("account", account.value())
                .param("id", id)
                .update();
    }

    private static StoredAddress address(ResultSet row, int number) throws SQLException {
        String hash = row.getString("password_hash");
        SenderAddress address = new SenderAddress(
                row.getLong("id"),
                new AccountId(row.getLong("account_id")),
                EmailAddress.parse(row.getString("address")),
                row.getString("alias"),
                hash != null,
                row.getObject("created_at", OffsetDateTime.class).toInstant());
        return new StoredAddress(address, hash, row.getString("previous_password_hash"));
    }
}
