package org.hongyan.sandbox.provider;

import java.time.Instant;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.ReversePath;

/**
 * One try to deliver to one recipient, as the provider saw it.
 *
 * @param at when it was decided
 * @param returnPath what MAIL FROM said
 * @param recipient whom RCPT named
 * @param answer the reply that decided, or that the connection was cut
 */
public record Attempt(Instant at, ReversePath returnPath, EmailAddress recipient, String answer) {}
