/**
 * How the service asks the DNS: one resolver and one asker of authoritative servers for all rooms, from one set of
 * settings. Any room may use them. It owns no table and knows nothing of mail.
 */
@NullMarked
package org.hongyan.server.dns;

import org.jspecify.annotations.NullMarked;
