package org.hongyan.mail.shaping;

/**
 * What one source address may do at one provider.
 *
 * @param connections most connections at once; at least 1
 * @param mailsPerConnection most mails on one connection; at least 1
 * @param mailsPerSecond most mails a second; {@link Double#POSITIVE_INFINITY} for no limit
 */
public record Limits(int connections, int mailsPerConnection, double mailsPerSecond) {

    /** @throws IllegalArgumentException when a number is out of its range */
    public Limits {
        if (connections < 1 || mailsPerConnection < 1 || !(mailsPerSecond > 0)) {
            throw new IllegalArgumentException("limits are positive");
        }
    }
}
