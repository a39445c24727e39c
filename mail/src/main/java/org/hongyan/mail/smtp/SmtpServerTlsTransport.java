package org.hongyan.mail.smtp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * TLS 1.2 or 1.3 over a socket. Drives an {@link SSLEngine} rather than using an SSLSocket, because the latter keeps two
 * record-sized buffers for every idle connection, and can't write a farewell after its input was shut down.
 */
final class SmtpServerTlsTransport implements SmtpServerTransport {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final InputStream in;
    private final OutputStream out;
    private final SSLEngine engine;
    private final SmtpServerBuffers buffers;

    /** Receives the first octets of a record, so that waiting for one takes no segment. */
    private final byte[] first = new byte[128];

    private byte @Nullable [] encrypted;
    private int encryptedStart;
    private int encryptedEnd;
    private byte @Nullable [] plain;
    private int plainStart;
    private int plainEnd;
    private boolean established;

    SmtpServerTlsTransport(Socket socket, SSLContext context, SmtpServerBuffers buffers) throws IOException {
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.buffers = buffers;
        this.engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setUseCipherSuitesOrder(true);
        engine.setSSLParameters(parameters);
        if (engine.getSession().getPacketBufferSize() > SmtpServerBuffers.SEGMENT) {
            throw new SSLException("records of the TLS provider are larger than a segment");
        }
    }

    /** Agrees on keys with the client. */
    void handshake() throws IOException {
        engine.beginHandshake();
        HandshakeStatus status = engine.getHandshakeStatus();
        while (status != HandshakeStatus.FINISHED && status != HandshakeStatus.NOT_HANDSHAKING) {
            status = advance(status);
        }
        // TLS 1.3 sends its session tickets now.
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            wrap(NOTHING);
        }
        established = true;
    }

    @Override
    public int read(byte[] target, int length) throws IOException {
        while (plain == null) {
            if (encrypted == null && !fill()) {
                return -1;
            }
            SSLEngineResult result = unwrap();
            if (result.getStatus() == SSLEngineResult.Status.CLOSED
                    || result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW && !fill()) {
                return -1;
            }
            afterRecord();
        }
        int given = Math.min(length, plainEnd - plainStart);
        System.arraycopy(plain, plainStart, target, 0, given);
        plainStart += given;
        if (plainStart == plainEnd) {
            buffers.give(plain);
            plain = null;
        }
        return given;
    }

    @Override
    public boolean arrived() throws IOException {
        return plain != null || in.available() > 0;
    }

    @Override
    public void write(byte[] octets, int length) throws IOException {
        ByteBuffer source = ByteBuffer.wrap(octets, 0, length);
        while (source.hasRemaining()) {
            wrap(source);
        }
    }

    @Override
    public void finish() throws IOException {
        engine.closeOutbound();
        while (!engine.isOutboundDone()) {
            wrap(NOTHING);
        }
    }

    /** Gives borrowed memory back. */
    void release() {
        if (encrypted != null) {
            buffers.give(encrypted);
            encrypted = null;
        }
        if (plain != null) {
            buffers.give(plain);
            plain = null;
        }
    }

    private HandshakeStatus advance(HandshakeStatus status) throws IOException {
        return switch (status) {
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                if (encrypted == null) {
                    fillOrFail();
                }
                SSLEngineResult result = unwrap();
                if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
                    fillOrFail();
                } else if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                    throw new SSLException("closed during the handshake");
                }
                yield result.getHandshakeStatus();
            }
            case NEED_WRAP -> wrap(NOTHING).getHandshakeStatus();
            case NEED_TASK -> {
                runTasks();
                yield engine.getHandshakeStatus();
            }
            case FINISHED, NOT_HANDSHAKING -> status;
        };
    }

    /** A record was read while established: it may ask for new keys, which TLS 1.3 does safely and TLS 1.2 is refused (CVE-2011-1473). */
    private void afterRecord() throws IOException {
        HandshakeStatus status = engine.getHandshakeStatus();
        if (status == HandshakeStatus.NOT_HANDSHAKING) {
            return;
        }
        if (!engine.getSession().getProtocol().equals("TLSv1.3")) {
            throw new SSLException("renegotiation is refused");
        }
        if (status == HandshakeStatus.NEED_TASK) {
            runTasks();
        }
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            wrap(NOTHING);
        }
    }

    private void runTasks() {
        Runnable task;
        while ((task = engine.getDelegatedTask()) != null) {
            task.run();
        }
    }

    private SSLEngineResult unwrap() throws SSLException {
        byte[] source = encrypted;
        if (source == null) {
            throw new IllegalStateException("nothing to decrypt");
        }
        byte[] target = buffers.take();
        boolean kept = false;
        try {
            ByteBuffer from = ByteBuffer.wrap(source, encryptedStart, encryptedEnd - encryptedStart);
            SSLEngineResult result = engine.unwrap(from, ByteBuffer.wrap(target));
            encryptedStart = from.position();
            if (encryptedStart == encryptedEnd) {
                buffers.give(source);
                encrypted = null;
            }
            if (result.bytesProduced() > 0) {
                if (!established) {
                    throw new SSLException("data during the handshake");
                }
                plain = target;
                plainStart = 0;
                plainEnd = result.bytesProduced();
                kept = true;
            }
            return result;
        } finally {
            if (!kept) {
                buffers.give(target);
            }
        }
    }

    private SSLEngineResult wrap(ByteBuffer source) throws IOException {
        byte[] record = buffers.take();
        try {
            SSLEngineResult result = engine.wrap(source, ByteBuffer.wrap(record));
            if (result.bytesProduced() > 0) {
                out.write(record, 0, result.bytesProduced());
            } else if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                throw new SSLException("closed");
            }
            return result;
        } finally {
            buffers.give(record);
        }
    }

    private void fillOrFail() throws IOException {
        if (!fill()) {
            throw new EOFException("closed during the handshake");
        }
    }

    /** Reads more encrypted octets; false at the end of the stream. */
    private boolean fill() throws IOException {
        byte[] target = encrypted;
        if (target == null) {
            int length = in.read(first, 0, first.length);
            if (length < 0) {
                return false;
            }
            target = buffers.take();
            encrypted = target;
            System.arraycopy(first, 0, target, 0, length);
            encryptedStart = 0;
            encryptedEnd = length;
            return true;
        }
        if (encryptedStart > 0) {
            System.arraycopy(target, encryptedStart, target, 0, encryptedEnd - encryptedStart);
            encryptedEnd -= encryptedStart;
            encryptedStart = 0;
        }
        int length = in.read(target, encryptedEnd, target.length - encryptedEnd);
        if (length < 0) {
            return false;
        }
        encryptedEnd += length;
        return true;
    }
}
