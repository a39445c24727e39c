package org.hongyan.sandbox.dns;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets of the name service: UDP and TCP on one port (RFC 1035 §4.2, RFC 7766). */
final class DnsListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DnsListener.class);
    private static final int TRIES_FOR_A_COMMON_PORT = 50;
    private static final int MOST_TCP_CONNECTIONS = 200;
    private static final int TCP_IDLE_MILLIS = 10_000;

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final Responder responder;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    private DnsListener(DatagramSocket udp, ServerSocket tcp, Responder responder) {
        this.udp = udp;
        this.tcp = tcp;
        this.responder = responder;
    }

    /** Binds both sockets, with port 0 to any port that is free for both, and serves. */
    static DnsListener start(InetSocketAddress address, Responder responder) {
        DnsListener listener = bind(address, responder);
        Thread.ofPlatform().daemon().name("sandbox-dns-udp").start(listener::serveUdp);
        Thread.ofPlatform().daemon().name("sandbox-dns-tcp").start(listener::acceptTcp);
        return listener;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(tcp.getInetAddress(), tcp.getLocalPort());
    }

    @Override
    public void close() {
        udp.close();
        closeQuietly(tcp);
        connections.forEach(DnsListener::closeQuietly);
    }

    private static DnsListener bind(InetSocketAddress address, Responder responder) {
        for (int attempt = 1; ; attempt++) {
            ServerSocket tcp = null;
            try {
                tcp = new ServerSocket();
                tcp.setReuseAddress(true);
                tcp.bind(address, 128);
                DatagramSocket udp = new DatagramSocket(null);
                udp.setReceiveBufferSize(1 << 20);
                try {
                    udp.bind(new InetSocketAddress(tcp.getInetAddress(), tcp.getLocalPort()));
                } catch (IOException taken) {
                    udp.close();
                    throw taken;
                }
                return new DnsListener(udp, tcp, responder);
            } catch (BindException taken) {
                closeQuietly(tcp);
                if (address.getPort() != 0 || attempt == TRIES_FOR_A_COMMON_PORT) {
                    throw new UncheckedIOException(
                            "the DNS port " + address.getPort() + " is taken or not allowed: " + taken.getMessage(),
                            taken);
                }
            } catch (IOException failed) {
                closeQuietly(tcp);
                throw new UncheckedIOException("cannot open the DNS port " + address, failed);
            }
        }
    }

    private void serveUdp() {
        byte[] buffer = new byte[4096];
        while (!udp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                answerUdp(buffer, packet.getLength(), packet.getSocketAddress());
            } catch (IOException | RuntimeException failed) {
                if (!udp.isClosed()) {
                    LOG.warn("A DNS query over UDP was not answered", failed);
                }
            }
        }
    }

    private void answerUdp(byte[] query, int length, SocketAddress asker) throws IOException {
        Responder.Answer answer = responder.answer(query, length, false);
        byte[] bytes = answer.bytes();
        if (bytes == null) {
            return;
        }
        DatagramPacket packet = new DatagramPacket(bytes, bytes.length, asker);
        if (answer.delay().isZero()) {
            udp.send(packet);
        } else {
            Thread.startVirtualThread(() -> sendLater(packet, answer.delay()));
        }
    }

    private void sendLater(DatagramPacket packet, Duration delay) {
        try {
            Thread.sleep(delay);
            udp.send(packet);
        } catch (InterruptedException | IOException gone) {
            LOG.debug("A delayed DNS answer was not sent", gone);
        }
    }

    private void acceptTcp() {
        while (!tcp.isClosed()) {
            try {
                Socket socket = tcp.accept();
                if (connections.size() >= MOST_TCP_CONNECTIONS) {
                    closeQuietly(socket);
                    continue;
                }
                connections.add(socket);
                Thread.startVirtualThread(() -> serveTcp(socket));
            } catch (IOException failed) {
                if (!tcp.isClosed()) {
                    LOG.warn("A DNS connection was not accepted", failed);
                }
            }
        }
    }

    private void serveTcp(Socket socket) {
        try (socket) {
            socket.setSoTimeout(TCP_IDLE_MILLIS);
            socket.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                byte[] query = in.readNBytes(in.readUnsignedShort());
                Responder.Answer answer = responder.answer(query, query.length, true);
                byte[] bytes = answer.bytes();
                if (bytes != null) {
                    Thread.sleep(answer.delay());
                    byte[] framed = new byte[bytes.length + 2];
                    framed[0] = (byte) (bytes.length >> 8);
                    framed[1] = (byte) bytes.length;
                    System.arraycopy(bytes, 0, framed, 2, bytes.length);
                    socket.getOutputStream().write(framed);
                }
            }
        } catch (EOFException ended) {
            LOG.trace("A DNS connection ended", ended);
        } catch (IOException | InterruptedException | RuntimeException broken) {
            LOG.debug("A DNS connection broke", broken);
        } finally {
            connections.remove(socket);
        }
    }

    private static void closeQuietly(java.io.@org.jspecify.annotations.Nullable Closeable socket) {
        if (socket == null) {
            return;
        }
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            LOG.trace("Closing failed", alreadyGone);
        }
    }
}
