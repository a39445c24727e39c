package org.hongyan.sandbox.provider;

import java.net.InetSocketAddress;

/**
 * Where the service under test listens, since in a sandbox neither port 25 nor port 80 is its own.
 *
 * @param bounce takes delivery and feedback reports by SMTP
 * @param web takes opens, clicks and unsubscriptions by HTTP
 */
public record OperatorDoors(InetSocketAddress bounce, InetSocketAddress web) {}
