package org.hongyan.mail.smtp;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Segments that connections borrow while they carry content or TLS records, so that an idle connection holds none, and the
 * account of the memory that received content takes. Thread-safe.
 */
final class SmtpServerBuffers {

    /** Octets of a segment: the largest TLS record with its header and tag fits. */
    static final int SEGMENT = 18 * 1024;

    private static final int MOST_SPARE_SEGMENTS = 1_024;

    private final ConcurrentLinkedQueue<byte[]> spare = new ConcurrentLinkedQueue<>();
    private final AtomicInteger spareCount = new AtomicInteger();
    private final AtomicLong reserved = new AtomicLong();
    private final long mostReserved;

    SmtpServerBuffers(long mostReserved) {
        this.mostReserved = mostReserved;
    }

    byte[] take() {
        byte[] segment = spare.poll();
        if (segment == null) {
            return new byte[SEGMENT];
        }
        spareCount.decrementAndGet();
        return segment;
    }

    void give(byte[] segment) {
        if (spareCount.incrementAndGet() <= MOST_SPARE_SEGMENTS) {
            spare.offer(segment);
        } else {
            spareCount.decrementAndGet();
        }
    }

    /** Whether {@code octets} more of content may be held; counted until {@link #release} when so. */
    boolean reserve(long octets) {
        if (reserved.addAndGet(octets) <= mostReserved) {
            return true;
        }
        reserved.addAndGet(-octets);
        return false;
    }

    void release(long octets) {
        reserved.addAndGet(-octets);
    }

    long reserved() {
        return reserved.get();
    }
}
