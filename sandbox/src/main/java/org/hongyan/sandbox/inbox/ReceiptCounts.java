package org.hongyan.sandbox.inbox;

import java.util.Map;

/**
 * How much was received since the last clearing, mails that were counted without being kept included.
 *
 * @param mails messages
 * @param recipients accepted recipients of all of them
 * @param byDomain accepted recipients by their domain, in the order of the names
 */
public record ReceiptCounts(long mails, long recipients, Map<String, Long> byDomain) {}
