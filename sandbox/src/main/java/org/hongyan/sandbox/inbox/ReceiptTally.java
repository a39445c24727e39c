package org.hongyan.sandbox.inbox;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.hongyan.mail.address.EmailAddress;

/**
 * Counts what comes in, by recipient domain and by the {@code X-Probe} field with which load generators mark each
 * message, so that losses and duplicates can be told without keeping the mail. Thread-safe.
 */
final class ReceiptTally {

    private static final int MOST_DOMAINS = 100_000;
    private static final int MOST_PROBES = 5_000_000;
    private static final byte[] PROBE_FIELD = "x-probe:".getBytes(StandardCharsets.US_ASCII);

    private final LongAdder mails = new LongAdder();
    private final LongAdder recipients = new LongAdder();
    private final Map<String, LongAdder> byDomain = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> probes = new ConcurrentHashMap<>();

    void add(List<EmailAddress> accepted, byte[] content) {
        count(accepted);
        String probe = probeOf(content);
        if (!probe.isEmpty() && (probes.size() < MOST_PROBES || probes.containsKey(probe))) {
            probes.computeIfAbsent(probe, value -> new LongAdder()).increment();
        }
    }

    void count(List<EmailAddress> accepted) {
        mails.increment();
        recipients.add(accepted.size());
        for (EmailAddress address : accepted) {
            String domain = address.domain().ascii();
            if (byDomain.size() < MOST_DOMAINS || byDomain.containsKey(domain)) {
                byDomain.computeIfAbsent(domain, name -> new LongAdder()).increment();
            }
        }
    }

    ReceiptCounts counts() {
        Map<String, Long> domains = new TreeMap<>();
        byDomain.forEach((domain, count) -> domains.put(domain, count.sum()));
        return new ReceiptCounts(mails.sum(), recipients.sum(), domains);
    }

    Map<String, Long> probes() {
        Map<String, Long> seen = new HashMap<>();
        probes.forEach((probe, count) -> seen.put(probe, count.sum()));
        return seen;
    }

    void clear() {
        mails.reset();
        recipients.reset();
        byDomain.clear();
        probes.clear();
    }

    /** Value of the first X-Probe field; read octet by octet, since this runs for every mail of a load test. */
    static String probeOf(byte[] content) {
        int lineStart = 0;
        while (lineStart < content.length && content[lineStart] != '\r') {
            int end = lineStart;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            if (startsWithProbeField(content, lineStart, end)) {
                return new String(
                                content,
                                lineStart + PROBE_FIELD.length,
                                end - lineStart - PROBE_FIELD.length,
                                StandardCharsets.UTF_8)
                        .strip();
            }
            lineStart = end + 1;
        }
        return "";
    }

    private static boolean startsWithProbeField(byte[] content, int start, int end) {
        if (end - start < PROBE_FIELD.length) {
            return false;
        }
        for (int i = 0; i < PROBE_FIELD.length; i++) {
            if (Character.toLowerCase((char) (content[start + i] & 0xff)) != PROBE_FIELD[i]) {
                return false;
            }
        }
        return true;
    }
}
