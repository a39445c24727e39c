package org.hongyan.server.event;

/**
 * What acceptance answers with and every later question names: unguessable, and carries its shard.
 *
 * @param text {@code hy-<shard, two hex digits>-<yyyyMMddHHmmss in UTC>-<20 characters of base 32>}
 */
public record MessageId(String text) {
    @Override
    public String toString() {
        return text;
    }
}
