package org.hongyan.sandbox.inbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.hongyan.mail.message.Message;
import org.hongyan.sandbox.verdict.Verdicts;

/**
 * All mail that the pretend providers accepted, in the exact bytes that came. Kept in a folder, so that it survives a
 * restart; beyond its bound the oldest goes. Thread-safe.
 */
public final class Inbox {

    private final MailStore store;
    private final int mostMails;
    private final ConcurrentNavigableMap<Long, ReceivedMail> index = new ConcurrentSkipListMap<>();
    private final ReceiptTally tally = new ReceiptTally();
    private final AtomicLong nextNumber;
    private final Object arrivals = new Object();
    private volatile boolean countingOnly;

    /**
     * Opens the inbox in a folder, which is made where it is missing.
     *
     * @param mostMails how many mails are kept, at least 1
     */
    public Inbox(Path folder, int mostMails) {
        if (mostMails < 1) {
            throw new IllegalArgumentException("an inbox keeps at least one mail");
        }
        this.store = new MailStore(folder);
        this.mostMails = mostMails;
        for (ReceivedMail mail : store.readAll()) {
            index.put(mail.id().number(), mail);
            tally.count(mail.receipt().recipients());
        }
        long afterLast = index.isEmpty() ? 1 : index.lastKey() + 1;
        this.nextNumber = new AtomicLong(Math.max(afterLast, store.readNextNumber()));
        dropOldest();
    }

    /**
     * Keeps a mail.
     *
     * @param content exact bytes; not to be changed afterwards
     */
    public ReceivedMail store(Receipt receipt, Verdicts verdicts, byte[] content) {
        tally.add(receipt.recipients(), content);
        Message message = Message.ofCanonical(content);
        ReceivedMail mail = new ReceivedMail(
                new MailId(nextNumber.getAndIncrement()),
                receipt,
                verdicts,
                MailReader.shownField(message, "From"),
                MailReader.shownField(message, "Subject"),
                content.length);
        store.write(mail, content);
        index.put(mail.id().number(), mail);
        dropOldest();
        synchronized (arrivals) {
            arrivals.notifyAll();
        }
        return mail;
    }

    /** Counts a mail without keeping it. */
    public void count(Receipt receipt, byte[] content) {
        tally.add(receipt.recipients(), content);
        synchronized (arrivals) {
            arrivals.notifyAll();
        }
    }

    /** Whether mail is only counted, by recipient domain and {@code X-Probe} field: for load tests. */
    public boolean isCountingOnly() {
        return countingOnly;
    }

    /** Begins or ends the counting mode; what is kept stays. */
    public void countOnly(boolean counting) {
        countingOnly = counting;
    }

    /**
     * Lists mails, newest first.
     *
     * @param offset how many to pass over, not negative
     * @param limit how many to give at most, 1 to 1,000
     */
    public InboxPage list(InboxFilter filter, int offset, int limit) {
        if (offset < 0 || limit < 1 || limit > 1_000) {
            throw new IllegalArgumentException("the offset is not negative and the limit is 1 to 1,000");
        }
        List<ReceivedMail> page = new ArrayList<>();
        int total = 0;
        for (ReceivedMail mail : index.descendingMap().values()) {
            if (filter.admits(mail)) {
                if (total >= offset && page.size() < limit) {
                    page.add(mail);
                }
                total++;
            }
        }
        return new InboxPage(page, total);
    }

    /** One mail of the list; empty when it was deleted or never was. */
    public Optional<ReceivedMail> find(MailId id) {
        return Optional.ofNullable(index.get(id.number()));
    }

    /** The exact bytes of a mail; empty when it was deleted or never was. */
    public Optional<byte[]> raw(MailId id) {
        return index.containsKey(id.number()) ? store.raw(id) : Optional.empty();
    }

    /** A mail as its reader sees it; empty when it was deleted or never was. */
    public Optional<ParsedMail> read(MailId id) {
        return raw(id).map(MailReader::read);
    }

    /**
     * Waits until at least {@code count} mails are there that the filter admits, and gives all of them, newest first;
     * fewer when the time is over. For tests and tours.
     */
    public List<ReceivedMail> await(InboxFilter filter, int count, Duration longest) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        synchronized (arrivals) {
            while (true) {
                List<ReceivedMail> admitted = index.descendingMap().values().stream()
                        .filter(filter::admits)
                        .toList();
                long millis = (deadline - System.nanoTime()) / 1_000_000;
                if (admitted.size() >= count || millis <= 0) {
                    return admitted;
                }
                arrivals.wait(millis);
            }
        }
    }

    /** Deletes one mail; false when it was not there. */
    public boolean delete(MailId id) {
        boolean was = index.remove(id.number()) != null;
        if (was) {
            store.writeNextNumber(nextNumber.get());
            store.delete(id);
        }
        return was;
    }

    /** Deletes all mails and begins to count anew. */
    public void clear() {
        store.writeNextNumber(nextNumber.get());
        while (true) {
            Map.Entry<Long, ReceivedMail> oldest = index.pollFirstEntry();
            if (oldest == null) {
                break;
            }
            store.delete(oldest.getValue().id());
        }
        tally.clear();
    }

    /** How much came in since the last {@link #clear}. */
    public ReceiptCounts counts() {
        return tally.counts();
    }

    /** How often each value of the {@code X-Probe} field came in since the start or the last {@link #clear}. */
    public Map<String, Long> probes() {
        return tally.probes();
    }

    private void dropOldest() {
        while (index.size() > mostMails) {
            Map.Entry<Long, ReceivedMail> oldest = index.pollFirstEntry();
            if (oldest != null) {
                store.delete(oldest.getValue().id());
            }
        }
    }
}
