/**
 * The pretend internet's name service: one authoritative server for every private zone, on UDP and TCP, that answers
 * as the root too. {@link org.hongyan.sandbox.dns.PretendDns} is the entry; {@link
 * org.hongyan.sandbox.dns.PretendInternet} holds the names that exist from the start. It never forwards a question to
 * the real DNS, and knows nothing of mail beyond names.
 */
@NullMarked
package org.hongyan.sandbox.dns;

import org.jspecify.annotations.NullMarked;
