package org.hongyan.server.queue;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hongyan.server.settings.Meaning;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DataSizeUnit;
import org.springframework.util.unit.DataSize;
import org.springframework.util.unit.DataUnit;
import org.springframework.validation.annotation.Validated;

/** How mail waits. */
@Validated
@ConfigurationProperties("hongyan.queue")
record QueueProperties(
        @Meaning("Most recipients that a node keeps in memory; the others wait in the database.")
        @DefaultValue("20000")
        @Min(64)
        @Max(200_000)
        int window,

        @Meaning("Most memory for the content of mails in the window; what is over it is read again at its delivery.")
        @DefaultValue("64MB")
        @DataSizeUnit(DataUnit.MEGABYTES)
        DataSize windowContent,

        @Meaning("How often a node looks for mail that has become due or was accepted by another node.")
        @DefaultValue("500ms")
        Duration poll,

        @Meaning("How often the nodes settle who owns which shard.") @DefaultValue("1s")
        Duration rebalance,

        @Meaning("Silence of the database after which a node attempts nothing more until it answers again.")
        @DefaultValue("5s")
        Duration healthyFor,

        @Meaning("Time after which the database gives the shards of a silent node to others.") @DefaultValue("30s")
        Duration abandonAfter,

        @Meaning("Wait before the second attempt.") @DefaultValue("2m")
        Duration firstRetry,

        @Meaning("Longest wait between two attempts.") @DefaultValue("90m")
        Duration longestRetry,

        @Meaning("How much longer each wait is than the one before.") @DefaultValue("2") @Min(1) @Max(10)
        int retryFactor,

        @Meaning(
                "Share of a wait, in percent, by which it is lengthened at random so that retries do not come together.")
        @DefaultValue("25")
        @Min(0)
        @Max(100)
        int retryJitterPercent,

        @Meaning("How long a trigger mail (verification code) is tried.") @DefaultValue("24h")
        Duration triggerLife,

        @Meaning("How long any other mail is tried.") @DefaultValue("72h")
        Duration bulkLife) {}
