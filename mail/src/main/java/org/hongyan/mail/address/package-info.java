/**
 * Mail addresses as values that cannot be wrong: a {@link org.hongyan.mail.address.EmailAddress} in hand is a valid
 * RFC 5321 §4.1.2 mailbox, a {@link org.hongyan.mail.address.DomainName} holds the A-label form. Anybody may use this
 * package; it knows nothing of DNS, SMTP or accounts.
 */
@NullMarked
package org.hongyan.mail.address;

import org.jspecify.annotations.NullMarked;
