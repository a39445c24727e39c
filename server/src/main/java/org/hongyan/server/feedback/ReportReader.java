package org.hongyan.server.feedback;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

/** Reads reports of other hosts: hostile input, so everything is bounded and nothing is believed but its form. Pure. */
final class ReportReader {

    private static final int LARGEST_PART = 64 * 1024;
    private static final int MOST_PARTS = 50;
    private static final int MOST_FAILURES = 100;

    /** A permanent reply quoted in words: code, and an enhanced code beside it or not. */
    private static final Pattern QUOTED_REPLY =
            Pattern.compile("(?m)\\b(5[0-9]{2})[ -#](?:5\\.[0-9]{1,3}\\.[0-9]{1,3})?");

    private ReportReader() {}

    static Report read(byte[] message, boolean nullSender) {
        Parts parts = new Parts();
        try {
            parts.collect(message);
        } catch (MimeException | IOException broken) {
            return new Report.Nothing();
        }
        if (!parts.feedback.isEmpty()) {
            return complaint(parts.feedback);
        }
        if (!parts.status.isEmpty()) {
            return status(parts.status);
        }
        // Only a bounce has the null sender (RFC 5321 §4.5.5); everything else in words is somebody's answer.
        Matcher quoted = QUOTED_REPLY.matcher(parts.text);
        return nullSender && quoted.find()
                ? new Report.Words(lineAround(parts.text.toString(), quoted.start()))
                : new Report.Nothing();
    }

    private static Report complaint(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        groups(text).forEach(fields::putAll);
        String type = fields.getOrDefault("feedback-type", "abuse").toLowerCase(Locale.ROOT);
        Optional<String> recipient =
                Optional.ofNullable(fields.get("original-rcpt-to")).map(ReportReader::bare);
        return new Report.Complaint(type, recipient);
    }

    private static Report status(String text) {
        List<Map<String, String>> groups = groups(text);
        String host = groups.isEmpty() ? "" : afterType(groups.getFirst().getOrDefault("reporting-mta", ""));
        List<Report.Failure> failures = new ArrayList<>();
        for (Map<String, String> group : groups) {
            String action = group.getOrDefault("action", "").toLowerCase(Locale.ROOT);
            String status = group.getOrDefault("status", "");
            boolean failed = action.equals("failed") || action.isEmpty() && status.startsWith("5.");
            if (failed && failures.size() < MOST_FAILURES) {
                String diagnostic = afterType(group.getOrDefault("diagnostic-code", ""));
                Optional<String> recipient = Optional.ofNullable(
                                group.getOrDefault("final-recipient", group.get("original-recipient")))
                        .map(ReportReader::afterType)
                        .map(ReportReader::bare);
                failures.add(new Report.Failure(recipient, diagnostic.isEmpty() ? "550 " + status : diagnostic));
            }
        }
        return failures.isEmpty() ? new Report.Nothing() : new Report.DeliveryStatus(host, failures);
    }

    /** Fields in groups set apart by empty lines, names in lower case, folded lines joined. */
    private static List<Map<String, String>> groups(String text) {
        List<Map<String, String>> groups = new ArrayList<>();
        Map<String, String> group = new LinkedHashMap<>();
        String last = "";
        for (String line : text.lines().toList()) {
            if (line.isBlank()) {
                if (!group.isEmpty()) {
                    groups.add(group);
                    group = new LinkedHashMap<>();
                }
                last = "";
            } else if ((line.charAt(0) == ' ' || line.charAt(0) == '\t') && !last.isEmpty()) {
                group.merge(last, " " + line.strip(), String::concat);
            } else {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    last = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                    group.putIfAbsent(last, line.substring(colon + 1).strip());
                }
            }
        }
        if (!group.isEmpty()) {
            groups.add(group);
        }
        return groups;
    }

    /** {@code rfc822; a@b} and {@code smtp; 550 no} without their type. */
    private static String afterType(String value) {
        int semicolon = value.indexOf(';');
        return semicolon < 0 ? value.strip() : value.substring(semicolon + 1).strip();
    }

    private static String bare(String address) {
        String stripped = address.strip();
        return stripped.startsWith("<") && stripped.endsWith(">")
                ? stripped.substring(1, stripped.length() - 1)
                : stripped;
    }

    private static String lineAround(String text, int at) {
        int start = text.lastIndexOf('\n', at) + 1;
        int end = text.indexOf('\n', at);
        return text.substring(at < start ? start : at, end < 0 ? text.length() : end)
                .strip();
    }

    /** The parts that matter, outside of the returned message. */
    private static final class Parts {
        private String feedback = "";
        private String status = "";
        private final StringBuilder text = new StringBuilder();
        private int seen;

        void collect(byte[] message) throws MimeException, IOException {
            MimeConfig config = MimeConfig.custom()
                    .setMaxLineLen(100_000)
                    .setMaxHeaderLen(65_536)
                    .setMaxHeaderCount(1000)
                    .build();
            MimeTokenStream stream = new MimeTokenStream(config);
            // The returned message is a body to us: what it contains must not pass for the report itself.
            stream.setRecursionMode(RecursionMode.M_NO_RECURSE);
            stream.parse(new ByteArrayInputStream(message));
            for (EntityState state = stream.getState(); state != EntityState.T_END_OF_STREAM; state = stream.next()) {
                if (state == EntityState.T_BODY) {
                    body(stream);
                }
            }
        }

        private void body(MimeTokenStream stream) throws MimeException, IOException {
            if (++seen > MOST_PARTS) {
                throw new MimeException("too many parts");
            }
            String type = stream.getBodyDescriptor().getMimeType().toLowerCase(Locale.ROOT);
            switch (type) {
                case "message/feedback-report" -> feedback = content(stream);
                case "message/delivery-status", "message/global-delivery-status" -> status = content(stream);
                case "text/plain" -> text.append(content(stream)).append('\n');
                default -> {}
            }
        }

        private static String content(MimeTokenStream stream) throws IOException {
            return new String(stream.getDecodedInputStream().readNBytes(LARGEST_PART), StandardCharsets.UTF_8);
        }
    }
}
