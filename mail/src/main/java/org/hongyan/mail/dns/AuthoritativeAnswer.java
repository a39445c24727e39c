package org.hongyan.mail.dns;

import org.jspecify.annotations.Nullable;

/**
 * What the name servers of a zone themselves said.
 *
 * @param answer the answer, never from a cache
 * @param server host name of the name server that gave it; null when none of them was reached, and then {@code answer}
 *     tells why
 */
public record AuthoritativeAnswer<T>(
        DnsAnswer<T> answer, @Nullable String server) {}
