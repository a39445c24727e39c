/**
 * What the receiving side concludes of a mail: SPF (RFC 7208), DKIM (RFC 6376, by the engine's verifier) and DMARC
 * (RFC 7489), with RFC 8601's result words. Asks a {@link org.hongyan.mail.dns.DnsResolver} and nothing else; it keeps
 * nothing and never decides what becomes of the mail.
 */
@NullMarked
package org.hongyan.sandbox.verdict;

import org.jspecify.annotations.NullMarked;
