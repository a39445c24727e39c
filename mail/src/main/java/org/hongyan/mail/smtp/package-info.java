/**
 * SMTP itself (RFC 5321, 3463, 2034): replies, enhanced status codes, envelopes, one client connection, and a
 * server whose policy comes from its handler. No queue, no retry, no MX look-up.
 */
@NullMarked
package org.hongyan.mail.smtp;

import org.jspecify.annotations.NullMarked;
