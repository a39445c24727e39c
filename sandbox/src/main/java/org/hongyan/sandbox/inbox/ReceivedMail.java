package org.hongyan.sandbox.inbox;

import org.hongyan.sandbox.verdict.Verdicts;

/**
 * One mail as the list shows it; {@link Inbox#raw} and {@link Inbox#read} give the rest.
 *
 * @param id its name
 * @param receipt how it came in
 * @param verdicts what the receiving side concluded at that moment
 * @param from the From field decoded, at most 300 characters
 * @param subject the Subject field decoded, at most 300 characters
 * @param size octets
 */
public record ReceivedMail(MailId id, Receipt receipt, Verdicts verdicts, String from, String subject, int size) {}
