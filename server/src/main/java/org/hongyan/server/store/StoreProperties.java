package org.hongyan.server.store;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import org.hongyan.server.settings.Meaning;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** Where data is kept. */
@Validated
@ConfigurationProperties("hongyan.store")
record StoreProperties(
        @Meaning("The data folder: embedded database, keys, lock. The flag --data sets it.") @DefaultValue("data")
        Path folder,

        @Meaning(
                "An external PostgreSQL (15 or newer) as jdbc:postgresql://host:port/database. Empty: the embedded one.")
        @DefaultValue("")
        String url,

        @Meaning("The role to log in as at the external PostgreSQL.") @DefaultValue("hongyan")
        String user,

        @Meaning("The password of that role.") @DefaultValue("")
        String password,

        @Meaning("The port of the embedded PostgreSQL on 127.0.0.1; 0 takes any that is free.")
        @DefaultValue("0")
        @Min(0)
        @Max(65535)
        int port,

        @Meaning("Connections in the pool. Few are faster than many: the work is in batches.")
        @DefaultValue("12")
        @Min(2)
        @Max(200)
        int connections,

        @Meaning("How long a piece of work waits for a connection before it is refused as temporary.")
        @DefaultValue("5s")
        Duration connectionTimeout,

        @Meaning("How long one statement may run.") @DefaultValue("30s")
        Duration statementTimeout,

        @Meaning("How long a statement may wait for a lock that another holds.") @DefaultValue("10s")
        Duration lockTimeout) {

    /** The password stays out of logs. */
    @Override
    public String toString() {
        return "StoreProperties[folder=" + folder + ", url=" + url + ", user=" + user + ", connections=" + connections
                + "]";
    }
}
