package org.hongyan.sandbox.provider;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.UUID;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.message.Message;
import org.hongyan.mail.smtp.EnhancedStatus;
import org.hongyan.mail.smtp.Reply;
import org.hongyan.sandbox.inbox.Receipt;

/**
 * The reports that receiving servers write about a mail: feedback (RFC 5965) and delivery status (RFC 3464), both in
 * the multipart/report of RFC 6522.
 */
final class ReportMail {

    private static final int LARGEST_WHOLE_ORIGINAL = 256 * 1024;
    private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private ReportMail() {}

    /** "This is spam", said by {@code recipient} to its provider. */
    static byte[] complaint(EmailAddress recipient, Receipt receipt, byte[] original, Instant now) {
        String fields = "Feedback-Type: abuse\r\n"
                + "User-Agent: Hongyan-Sandbox/1.0\r\n"
                + "Version: 1\r\n"
                + "Original-Mail-From: <" + receipt.returnPath() + ">\r\n"
                + "Original-Rcpt-To: <" + recipient + ">\r\n"
                + "Arrival-Date: " + DATE.format(receipt.at()) + "\r\n"
                + "Source-IP: " + receipt.client() + "\r\n"
                + "Reporting-MTA: dns; mx." + recipient.domain() + "\r\n";
        String text = "The recipient pressed \"this is spam\" on a message received from " + receipt.client() + " on "
                + DATE.format(receipt.at()) + ".\r\n";
        return report(
                new Report("feedback-report", "feedback@" + recipient.domain(), "Abuse report", text, fields),
                receipt,
                original,
                now);
    }

    /** A failure that the provider noticed only after it had taken the mail. */
    static byte[] lateBounce(EmailAddress recipient, Receipt receipt, Reply reply, byte[] original, Instant now) {
        String fields = "Reporting-MTA: dns; mx." + recipient.domain() + "\r\n"
                + "Arrival-Date: " + DATE.format(receipt.at()) + "\r\n"
                + "\r\n"
                + "Final-Recipient: rfc822; " + recipient + "\r\n"
                + "Action: failed\r\n"
                + "Status: " + statusOf(reply) + "\r\n"
                + "Diagnostic-Code: smtp; " + reply + "\r\n"
                + "Last-Attempt-Date: " + DATE.format(now) + "\r\n";
        String text = "Your message could not be delivered to " + recipient + ".\r\n\r\n" + reply + "\r\n";
        return report(
                new Report(
                        "delivery-status",
                        "mailer-daemon@" + recipient.domain(),
                        "Undelivered mail returned to sender",
                        text,
                        fields),
                receipt,
                original,
                now);
    }

    /** @param kind subtype of the machine-readable part */
    private record Report(String kind, String from, String subject, String text, String fields) {}

    private static byte[] report(Report report, Receipt receipt, byte[] original, Instant now) {
        String boundary = "=_" + UUID.randomUUID();
        boolean whole = original.length <= LARGEST_WHOLE_ORIGINAL;
        String head = "From: <" + report.from() + ">\r\n"
                + "To: <" + receipt.returnPath() + ">\r\n"
                + "Subject: " + report.subject() + "\r\n"
                + "Date: " + DATE.format(now) + "\r\n"
                + "Message-ID: <" + UUID.randomUUID() + "@sandbox.test>\r\n"
                + "Auto-Submitted: auto-generated\r\n"
                + "MIME-Version: 1.0\r\n"
                + "Content-Type: multipart/report; report-type=" + report.kind() + ";\r\n boundary=\"" + boundary
                + "\"\r\n"
                + "\r\n"
                + "--" + boundary + "\r\n"
                + "Content-Type: text/plain; charset=utf-8\r\n\r\n"
                + report.text()
                + "\r\n--" + boundary + "\r\n"
                + "Content-Type: message/" + report.kind() + "\r\n\r\n"
                + report.fields()
                + "\r\n--" + boundary + "\r\n"
                + "Content-Type: " + (whole ? "message/rfc822" : "text/rfc822-headers") + "\r\n\r\n";
        ByteArrayOutputStream mail = new ByteArrayOutputStream(head.length() + original.length + 100);
        mail.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        mail.writeBytes(whole ? original : headerOf(original));
        mail.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return mail.toByteArray();
    }

    private static byte[] headerOf(byte[] original) {
        return Arrays.copyOf(original, Message.ofCanonical(original).bodyStart());
    }

    private static String statusOf(Reply reply) {
        return reply.enhancedStatus().map(EnhancedStatus::toString).orElse(reply.isPermanent() ? "5.0.0" : "4.0.0");
    }
}
