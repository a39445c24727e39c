package org.hongyan.mail.smtp;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** What the handler may see of a session. Written by the thread of the connection, readable by any. */
final class SmtpSessionPeer implements SmtpServerHandler.Peer {

    private final InetAddress address;
    private final int localPort;
    private volatile @Nullable String helloName;
    private volatile boolean encrypted;
    private volatile @Nullable Object identity;
    private volatile boolean hungUp;

    SmtpSessionPeer(InetAddress address, int localPort) {
        this.address = address;
        this.localPort = localPort;
    }

    @Override
    public InetAddress address() {
        return address;
    }

    @Override
    public int localPort() {
        return localPort;
    }

    @Override
    public @Nullable String helloName() {
        return helloName;
    }

    @Override
    public boolean encrypted() {
        return encrypted;
    }

    @Override
    public @Nullable Object identity() {
        return identity;
    }

    @Override
    public void hangUp() {
        hungUp = true;
    }

    boolean hungUp() {
        return hungUp;
    }

    void said(String name) {
        helloName = name;
    }

    void authenticated(Object who) {
        identity = who;
    }

    /** TLS is on: what was said before it may have been said by somebody else (RFC 3207 §4.2). */
    void nowEncrypted() {
        encrypted = true;
        helloName = null;
        identity = null;
    }

    /** For logs: an address and a port, nothing the client could write. */
    @Override
    public String toString() {
        return address.getHostAddress() + " on port " + localPort;
    }
}
