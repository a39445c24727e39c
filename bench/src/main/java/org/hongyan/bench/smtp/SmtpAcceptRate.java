package org.hongyan.bench.smtp;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.ReversePath;
import org.hongyan.mail.smtp.Reply;
import org.hongyan.mail.smtp.SmtpServer;
import org.hongyan.mail.smtp.SmtpServerHandler;
import org.hongyan.mail.smtp.SmtpServerLimits;

/**
 * Prints how many messages a second the server takes over loopback from 100 sessions when it stores nothing, beside the rate of
 * smtp-sink under the same load, and then the memory that idle connections take and the rate beside them.
 *
 * <p>Arguments: messages of a run (default 60000), idle connections (default 10000).
 */
public final class SmtpAcceptRate {

    private static final int SESSIONS = 100;
    private static final int OCTETS = 2_048;

    private SmtpAcceptRate() {}

    /** Runs all measurements. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length == 3 && arguments[0].equals("idle")) {
            stayIdle(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
            return;
        }
        int messages = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60_000;
        int idle = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
        PrintStream out = System.out;
        out.printf("%d messages of %d octets, %d sessions%n", messages, OCTETS, SESSIONS);
        out.printf("smtp-sink, one connection for all:   %,8.0f messages/s%n", sinkRate(messages, true));
        out.printf("smtp-sink, one connection a message: %,8.0f messages/s%n", sinkRate(messages, false));
        Counter counter = new Counter();
        try (SmtpServer server = SmtpServer.builder(counter)
                .hostName("bench.example.com")
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), SmtpServer.Mode.PLAIN)
                .limits(SmtpServerLimits.defaults().withConnections(20_000, 20_000))
                .start()) {
            sourceRate(server.port(0), messages / 3, true);
            for (int i = 0; i < 3; i++) {
                out.printf(
                        "SmtpServer, one connection for all:   %,8.0f messages/s%n",
                        sourceRate(server.port(0), messages, true));
            }
            out.printf(
                    "SmtpServer, one connection a message: %,8.0f messages/s%n",
                    sourceRate(server.port(0), messages, false));
            beside(idle, server, messages, out);
            out.printf("accepted in all: %d, heap after collection: %d MB%n", counter.messages.sum(), heap() >> 20);
        }
    }

    private static void beside(int idle, SmtpServer server, int messages, PrintStream out)
            throws IOException, InterruptedException {
        long heapBefore = heap();
        long residentBefore = resident();
        Process clients = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmtpAcceptRate.class.getName(),
                        "idle",
                        String.valueOf(server.port(0)),
                        String.valueOf(idle))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
            while (server.connections() < idle && clients.isAlive() && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            TimeUnit.SECONDS.sleep(1);
            long heapEach = (heap() - heapBefore) / idle;
            long residentEach = (resident() - residentBefore) / idle;
            out.printf(
                    "%d idle connections: %,d octets of heap each, %,d octets of resident memory each%n",
                    server.connections(), heapEach, residentEach);
            out.printf(
                    "SmtpServer beside them:               %,8.0f messages/s%n",
                    sourceRate(server.port(0), messages, true));
        } finally {
            clients.destroy();
            clients.waitFor();
        }
    }

    /** The child process: opens connections, reads the greetings, then keeps still until it is ended. */
    private static void stayIdle(int port, int count) throws IOException, InterruptedException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            if (socket.getInputStream().read(new byte[100]) <= 0) {
                throw new IOException("connection " + i + " was not greeted");
            }
            socket.getOutputStream().write("EHLO idle.example.com\r\n".getBytes(StandardCharsets.US_ASCII));
            sockets.add(socket);
        }
        TimeUnit.HOURS.sleep(1);
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static double sinkRate(int messages, boolean reuse) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> command = new ArrayList<>(List.of("smtp-sink"));
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("-u", "nobody"));
        }
        command.addAll(List.of("127.0.0.1:" + port, "1024"));
        Process sink = new ProcessBuilder(command).inheritIO().start();
        try {
            awaitPort(port);
            return sourceRate(port, messages, reuse);
        } finally {
            sink.destroy();
            sink.waitFor();
        }
    }

    private static void awaitPort(int port) throws IOException, InterruptedException {
        for (int i = 0; i < 100; i++) {
            try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (probe.isConnected()) {
                    return;
                }
            } catch (ConnectException notYet) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        throw new IOException("smtp-sink did not start");
    }

    private static double sourceRate(int port, int messages, boolean reuse) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "smtp-source",
                "-s",
                String.valueOf(SESSIONS),
                "-m",
                String.valueOf(messages),
                "-l",
                String.valueOf(OCTETS),
                "-f",
                "a@example.com",
                "-t",
                "b@example.org",
                "-M",
                "client.example.com"));
        if (reuse) {
            command.add("-d");
        }
        command.add("127.0.0.1:" + port);
        long start = System.nanoTime();
        Process source = new ProcessBuilder(command).inheritIO().start();
        int status = source.waitFor();
        if (status != 0) {
            throw new IOException("smtp-source ended with " + status);
        }
        return messages / ((System.nanoTime() - start) / 1e9);
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long resident() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new IOException("the system does not tell the resident memory");
    }

    /** Accepts all and keeps nothing. */
    private static final class Counter implements SmtpServerHandler {
        private static final Reply YES = Reply.of(250, "2.0.0", "OK");
        private final LongAdder messages = new LongAdder();

        @Override
        public Reply mail(Peer peer, ReversePath returnPath, MailParameters parameters) {
            return YES;
        }

        @Override
        public Reply rcpt(Peer peer, ReversePath returnPath, EmailAddress recipient, RcptParameters parameters) {
            return YES;
        }

        @Override
        public Reply data(Delivery delivery) {
            messages.increment();
            return YES;
        }
    }
}
