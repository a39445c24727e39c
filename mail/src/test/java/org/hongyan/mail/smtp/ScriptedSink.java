package org.hongyan.mail.smtp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A receiving host that says exactly what its script tells it to, right or wrong, on a real socket. */
public final class ScriptedSink implements AutoCloseable {

    /** What one connection does from its first octet on. */
    @FunctionalInterface
    public interface Script {
        void run(Talk talk) throws Exception;
    }

    /** A mail that arrived whole. */
    public record Arrived(String mail, List<String> rcpts, String content) {}

    private final ServerSocket listener;
    private final Script script;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<Long> tlsSessions = ConcurrentHashMap.newKeySet();
    private final Map<String, SSLContext> contexts = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<Arrived> arrived = new CopyOnWriteArrayList<>();
    private final List<Arrived> seen = new CopyOnWriteArrayList<>();

    public ScriptedSink(Script script) throws IOException {
        this("127.0.0.1", 0, script);
    }

    public ScriptedSink(String address, int port, Script script) throws IOException {
        this.script = script;
        this.listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getByName(address), port), 1000);
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Connections accepted so far. */
    public int connections() {
        return connections.get();
    }

    /** Connections not yet ended by either side. */
    public int open() {
        return sockets.size();
    }

    /** Every command line that was read, in order. */
    public List<String> commands() {
        return commands;
    }

    /** Mails that were answered 2xx. */
    public List<Arrived> arrived() {
        return arrived;
    }

    /** Mails read up to their final dot, whatever was answered. */
    public List<Arrived> seen() {
        return seen;
    }

    /** TLS sessions that were made; a resumed one is not made anew. */
    public int tlsSessions() {
        return tlsSessions.size();
    }

    private SSLContext context(String keyStore) {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream file = ScriptedSink.class.getResourceAsStream(keyStore)) {
                keys.load(file, "hongyan".toCharArray());
            }
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, "hongyan".toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException broken) {
            throw new IllegalStateException("the test's keys cannot be used", broken);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            script.run(new Talk(socket));
        } catch (Exception ended) {
            // The other side went, or the script meant it so.
        } finally {
            sockets.remove(socket);
        }
    }

    /** The server's half of one conversation. */
    public final class Talk {
        private final Socket raw;
        private final int number = connections.get();
        private Socket current;
        private InputStream in;
        private OutputStream out;

        Talk(Socket socket) throws IOException {
            this.raw = socket;
            use(socket);
        }

        private void use(Socket socket) throws IOException {
            current = socket;
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        }

        /** 1 for the first connection to this sink. */
        public int number() {
            return number;
        }

        /** Address of the client. */
        public String peer() {
            return raw.getInetAddress().getHostAddress();
        }

        public void say(String line) throws IOException {
            raw(line + "\r\n");
        }

        public void raw(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        /** Ends with a RST instead of a FIN. */
        public void reset() throws IOException {
            raw.setSoLinger(true, 0);
            raw.close();
            throw new IOException("reset");
        }

        public void hangUp() throws IOException {
            raw.close();
            throw new IOException("hung up");
        }

        /** The next line; fails at the end of the stream. */
        public String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            while (true) {
                int octet = in.read();
                if (octet < 0) {
                    throw new IOException("closed");
                }
                if (octet == '\n') {
                    String text = line.toString(StandardCharsets.UTF_8);
                    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
                }
                line.write(octet);
            }
        }

        public String command() throws IOException {
            String command = line();
            commands.add(command);
            return command;
        }

        /** Octets that the client has sent and nobody has read. */
        public int waiting() throws IOException {
            return in.available();
        }

        /** Throws away what the client has sent already, as a server does that does not know pipelining. */
        public void dropWaiting() throws IOException {
            long skipped = in.skip(in.available());
            assert skipped >= 0;
        }

        /** Waits until the client ends the connection. */
        public void silence() throws IOException {
            while (in.read() >= 0) {
                // Heard and not answered.
            }
        }

        /** Content up to the final dot, unstuffed. */
        public String content() throws IOException {
            StringBuilder content = new StringBuilder();
            for (String line = line(); !line.equals("."); line = line()) {
                content.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
            }
            return content.toString();
        }

        public void startTls(String keyStore) throws Exception {
            SSLContext context = contexts.computeIfAbsent(keyStore, ScriptedSink.this::context);
            SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(current, null, raw.getPort(), true);
            secured.setUseClientMode(false);
            secured.startHandshake();
            tlsSessions.add(secured.getSession().getCreationTime());
            use(secured);
        }

        void seen(Arrived mail) {
            ScriptedSink.this.seen.add(mail);
        }

        void arrived(Arrived mail) {
            ScriptedSink.this.arrived.add(mail);
        }
    }

    /** A host that behaves, except where told otherwise. Each reply is a function of the command. */
    public static final class Host implements Script {

        /** Gives the reply to a command, or speaks for itself and gives null. */
        @FunctionalInterface
        public interface Answer {
            @Nullable
            String to(String command, Talk talk) throws Exception;
        }

        private final List<String> extensions = new ArrayList<>(List.of("PIPELINING", "8BITMIME", "SMTPUTF8"));
        private Answer greeting = (command, talk) -> "220 sink.test ESMTP";
        private Answer mail = (command, talk) -> "250 2.1.0 ok";
        private Answer rcpt = (command, talk) -> "250 2.1.5 ok";
        private Answer data = (command, talk) -> "354 go ahead";
        private Answer end = (command, talk) -> "250 2.0.0 kept";
        private Answer startTls = (command, talk) -> "502 not here";
        private String keyStore = "valid.p12";

        public Host announcing(String... lines) {
            extensions.clear();
            extensions.addAll(List.of(lines));
            return this;
        }

        public Host greeting(Answer answer) {
            greeting = answer;
            return this;
        }

        public Host mail(Answer answer) {
            mail = answer;
            return this;
        }

        public Host rcpt(Answer answer) {
            rcpt = answer;
            return this;
        }

        public Host data(Answer answer) {
            data = answer;
            return this;
        }

        public Host end(Answer answer) {
            end = answer;
            return this;
        }

        /** Offers STARTTLS with the keys in that file. */
        public Host tls(String file) {
            keyStore = file;
            extensions.add("STARTTLS");
            startTls = (command, talk) -> {
                talk.say("220 go");
                talk.startTls(keyStore);
                return null;
            };
            return this;
        }

        /** Offers STARTTLS and does that when asked for it. */
        public Host tls(Answer answer) {
            extensions.add("STARTTLS");
            startTls = answer;
            return this;
        }

        @Override
        public void run(Talk talk) throws Exception {
            answer(greeting.to("", talk), talk);
            String from = "";
            List<String> to = new ArrayList<>();
            while (true) {
                String command = talk.command();
                String verb = command.split("[ :]", 2)[0].toUpperCase(java.util.Locale.ROOT);
                switch (verb) {
                    case "EHLO" -> {
                        talk.say("250-sink.test");
                        for (String extension : extensions) {
                            talk.say("250-" + extension);
                        }
                        talk.say("250 HELP");
                    }
                    case "HELO" -> talk.say("250 hello");
                    case "STARTTLS" -> answer(startTls.to(command, talk), talk);
                    case "MAIL" -> {
                        from = command;
                        to.clear();
                        if (!answer(mail.to(command, talk), talk)) {
                            from = "";
                        }
                    }
                    case "RCPT" -> {
                        if (from.isEmpty()) {
                            talk.say("503 5.5.1 MAIL first");
                        } else if (answer(rcpt.to(command, talk), talk)) {
                            to.add(command);
                        }
                    }
                    case "DATA" -> {
                        if (to.isEmpty()) {
                            talk.say("554 5.5.1 no valid recipients");
                        } else if (answer(data.to(command, talk), talk)) {
                            String content = talk.content();
                            Arrived whole = new Arrived(from, List.copyOf(to), content);
                            talk.seen(whole);
                            String reply = end.to(content, talk);
                            if (reply != null && reply.startsWith("2")) {
                                talk.arrived(whole);
                            }
                            answer(reply, talk);
                            from = "";
                            to.clear();
                        }
                    }
                    case "RSET" -> talk.say("250 2.0.0 reset");
                    case "QUIT" -> {
                        talk.say("221 2.0.0 bye");
                        talk.hangUp();
                    }
                    default -> talk.say("500 5.5.2 unknown");
                }
            }
        }

        private static boolean answer(@Nullable String reply, Talk talk) throws IOException {
            if (reply != null) {
                talk.say(reply);
            }
            return reply == null || reply.startsWith("2") || reply.startsWith("3");
        }
    }
}
