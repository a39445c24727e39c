package org.hongyan.server.smtp;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.hongyan.server.settings.Meaning;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/** Where mail is submitted over SMTP, by whom, and how much of it. */
@Validated
@ConfigurationProperties("hongyan.smtp")
record SmtpProperties(
        @Meaning("Whether this node takes mail over SMTP.") @DefaultValue("true")
        boolean enabled,

        @Meaning("Address that the submission ports listen on; 0.0.0.0 for all.") @DefaultValue("127.0.0.1")
        String host,

        @Meaning("Name in the greeting, in Received fields and in the certificate made when none is given.")
        @DefaultValue("localhost")
        String hostName,

        @Meaning("Port for submission with STARTTLS; 587 where the service may open it.")
        @DefaultValue("2587")
        @Min(0)
        @Max(65535)
        int submissionPort,

        @Meaning("Port for submission with TLS from the first octet; 465 where the service may open it.")
        @DefaultValue("2465")
        @Min(0)
        @Max(65535)
        int submissionsPort,

        @Meaning("Further ports with STARTTLS, such as 25. Commas between.") @DefaultValue({})
        List<Integer> furtherPorts,

        @Meaning("PEM file with the certificate and those of its issuers; empty for one that the service makes itself.")
        @DefaultValue("")
        String certificateFile,

        @Meaning("PEM file with the certificate's private key. Both files are read again when they change.")
        @DefaultValue("")
        String keyFile,

        @Meaning("Whether clients on this machine may sign in without TLS.") @DefaultValue("false")
        boolean authInClearOnLoopback,

        @Meaning("Whether who has signed in may also send from the other sender addresses of the same domain.")
        @DefaultValue("false")
        boolean wholeDomain,

        @Meaning(
                "Networks whose machines send as one sender address without signing in, as network=address: 192.0.2.0/24=alerts@mail.example.com. Commas between.")
        @DefaultValue({})
        List<String> trustedNetworks,

        @Meaning("Largest message.") @DefaultValue("10MB") DataSize largestMessage,

        @Meaning(
                "Longest line of a message in octets; lines over 998 are re-encoded before they go out, those of the header never pass.")
        @DefaultValue("65536")
        @Min(998)
        @Max(99_000)
        int longestLine,

        @Meaning("Language of the unsubscribe line when a message asks for one without naming it.")
        @DefaultValue("zh-CN")
        String unsubscribeLanguage,

        @Meaning("Most open connections.") @DefaultValue("10000") @Min(1) @Max(100_000)
        int connections,

        @Meaning("Most connections from one IPv4 address or IPv6 /64 network that have not signed in.")
        @DefaultValue("50")
        @Min(1)
        @Max(100_000)
        int connectionsPerAddress,

        @Meaning("Most connections that are signed in to one account, at this node.")
        @DefaultValue("100")
        @Min(1)
        @Max(100_000)
        int connectionsPerAccount,

        @Meaning("Failed logins from one address or IPv6 /64 network after which it is locked out.")
        @DefaultValue("20")
        @Min(1)
        @Max(10_000)
        int failuresPerAddress,

        @Meaning("Failed logins with one user name after which the name is locked, except where it signed in lately.")
        @DefaultValue("10")
        @Min(1)
        @Max(10_000)
        int failuresPerName,

        @Meaning("How long a lock lasts, and how long failed logins are counted.") @DefaultValue("15m")
        Duration lockout,

        @Meaning("How long messages being received may go on when the service stops.") @DefaultValue("8s")
        Duration stopWithin) {

    /** Copies the lists, and refuses what would only fail later. */
    SmtpProperties {
        furtherPorts = List.copyOf(furtherPorts);
        trustedNetworks = List.copyOf(trustedNetworks);
        if (certificateFile.isEmpty() != keyFile.isEmpty()) {
            throw new IllegalArgumentException("hongyan.smtp.certificate-file and key-file go together");
        }
        if (lockout.isNegative() || lockout.isZero() || stopWithin.isNegative()) {
            throw new IllegalArgumentException("hongyan.smtp.lockout and stop-within are not negative");
        }
        if (ControlHeaders.unsubscribe(unsubscribeLanguage).isEmpty()) {
            throw new IllegalArgumentException("hongyan.smtp.unsubscribe-language is not known");
        }
    }
}
