package org.hongyan.mail.relay;

import org.hongyan.mail.smtp.Reply;

/**
 * Knows the 5xx replies that mean "not now", such as a rate limit told as 550: the basic code alone is never trusted.
 * A seam to the classification of replies. Must be thread-safe and quick.
 */
@FunctionalInterface
public interface PassingRejections {

    /**
     * Whether a later attempt may succeed although {@code reply} is a 5xx.
     *
     * @param mxHost host that said it
     */
    boolean isPassing(String mxHost, Reply reply);
}
