/**
 * The sandbox mode: the service as it is, with the pretend internet of {@code org.hongyan.sandbox} around it. Starts and
 * stops that, makes the first account so that a first mail is one call away, writes {@code sandbox.json}, and serves the
 * JSON API under {@code /sandbox/api}. Nothing here exists outside of the profile {@code sandbox}.
 *
 * <p>The console may ask {@link org.hongyan.server.sandbox.RecordPublisher} to publish a domain's records. This room must
 * never give the service a way around the real path: mail resolves, connects and is delivered as it would be outside. It
 * owns no table.
 */
@NullMarked
package org.hongyan.server.sandbox;

import org.jspecify.annotations.NullMarked;
