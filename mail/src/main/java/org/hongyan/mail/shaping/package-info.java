/**
 * How fast each receiving provider may be spoken to, and how that adapts to its answers. It hands out permissions and
 * opens nothing itself; it knows neither mails nor connections.
 *
 * <p>A {@link org.hongyan.mail.shaping.Lane} is one provider from one source address. Whoever wants to use a connection
 * takes a {@link org.hongyan.mail.shaping.Permit}, tells how it went, and closes it. The relay does that for its
 * callers, see {@code org.hongyan.mail.relay}. Limits stand in {@code providers.conf}, which explains itself.
 */
@NullMarked
package org.hongyan.mail.shaping;

import org.jspecify.annotations.NullMarked;
