/**
 * Handing one message to the hosts of one destination: route, connection reuse, TLS policy, and the one place that
 * judges failures. Returns one outcome per recipient and never throws for a mail reason.
 */
@NullMarked
package org.hongyan.mail.relay;

import org.jspecify.annotations.NullMarked;
