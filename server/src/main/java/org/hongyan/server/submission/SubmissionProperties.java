package org.hongyan.server.submission;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hongyan.server.settings.Meaning;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/** What is accepted, and how fast. */
@Validated
@ConfigurationProperties("hongyan.submission")
record SubmissionProperties(
        @Meaning("Mails a second that one account may submit at one node; 0 for no limit.") @DefaultValue("20") @Min(0)
        int accountRate,

        @Meaning("Mails an hour that one account may send to one mailbox; 0 for no limit.") @DefaultValue("10") @Min(0)
        int mailboxHourly,

        @Meaning("Most To recipients of one mail from the API.") @DefaultValue("50") @Min(1) @Max(1000)
        int to,

        @Meaning("Most Cc recipients, and most Bcc recipients, of one mail from the API.")
        @DefaultValue("20")
        @Min(0)
        @Max(1000)
        int copies,

        @Meaning("Most recipients of an ordinary send in the console.") @DefaultValue("20") @Min(1) @Max(1000)
        int consoleRecipients,

        @Meaning("Most recipients of one message over SMTP.") @DefaultValue("1000") @Min(1) @Max(10_000)
        int smtpRecipients,

        @Meaning("Largest own content of a mail without its attachments.") @DefaultValue("4MB")
        DataSize largestContent,

        @Meaning("Largest attachments of a mail, all together, before base64.") @DefaultValue("4MB")
        DataSize largestAttachments,

        @Meaning("Most submissions stored in one transaction.") @DefaultValue("512") @Min(1) @Max(5000)
        int groupMost,

        @Meaning("Most submissions that wait to be stored; more are refused as temporary.")
        @DefaultValue("2000")
        @Min(1)
        int waitingRoom,

        @Meaning("Most memory for the content of submissions that wait to be stored.") @DefaultValue("64MB")
        DataSize waitingContent,

        @Meaning("How long a submission waits to be stored before it is refused as temporary.") @DefaultValue("10s")
        Duration patience) {}
