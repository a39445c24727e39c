package org.hongyan.mail.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A name server on UDP and TCP of one port that answers from a list of records, or fails the way it is told. */
final class ScriptedNameServer implements AutoCloseable {

    private final ServerSocket tcp;
    private final DatagramSocket udp;
    private final Map<Name, List<Record>> records = new ConcurrentHashMap<>();
    private final List<String> questions = new CopyOnWriteArrayList<>();
    private volatile int rcode = Rcode.NOERROR;
    private volatile boolean silent;
    private volatile boolean truncating;
    private volatile boolean authoritative = true;
    private volatile boolean authentic;
    private volatile boolean refusesEdns;
    private final AtomicInteger tcpQuestions = new AtomicInteger();

    ScriptedNameServer() throws IOException {
        this("127.0.0.1", 0);
    }

    ScriptedNameServer(String address, int port) throws IOException {
        tcp = new ServerSocket();
        tcp.bind(new InetSocketAddress(InetAddress.getByName(address), port));
        udp = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(address), tcp.getLocalPort()));
        Thread.ofVirtual().start(this::serveUdp);
        Thread.ofVirtual().start(this::serveTcp);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(tcp.getInetAddress(), tcp.getLocalPort());
    }

    /** Records in zone file form, such as {@code a.test. 60 IN MX 10 mx.a.test.} */
    ScriptedNameServer holding(String... lines) throws IOException {
        for (String line : lines) {
            String[] words = line.split(" ", 5);
            Record record = Record.fromString(
                    Name.fromString(words[0]),
                    Type.value(words[3]),
                    DClass.IN,
                    Long.parseLong(words[1]),
                    words[4],
                    Name.root);
            records.computeIfAbsent(record.getName(), name -> new CopyOnWriteArrayList<>())
                    .add(record);
        }
        return this;
    }

    ScriptedNameServer without(String name) throws IOException {
        records.remove(Name.fromString(name));
        return this;
    }

    ScriptedNameServer answering(int code) {
        rcode = code;
        return this;
    }

    ScriptedNameServer silent(boolean now) {
        silent = now;
        return this;
    }

    ScriptedNameServer truncating() {
        truncating = true;
        return this;
    }

    ScriptedNameServer lame() {
        authoritative = false;
        return this;
    }

    ScriptedNameServer authentic() {
        authentic = true;
        return this;
    }

    ScriptedNameServer refusingEdns() {
        refusesEdns = true;
        return this;
    }

    /** {@code name/TYPE} of every question so far. */
    List<String> questions() {
        return questions;
    }

    int tcpQuestions() {
        return tcpQuestions.get();
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }

    private void serveUdp() {
        while (!udp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
                udp.receive(packet);
                Message query = new Message(java.util.Arrays.copyOf(packet.getData(), packet.getLength()));
                Message answer = answer(query);
                if (!silent) {
                    if (truncating) {
                        answer.removeAllRecords(Section.ANSWER);
                        answer.getHeader().setFlag(Flags.TC);
                    }
                    byte[] wire = answer.toWire(65_535);
                    udp.send(new DatagramPacket(wire, wire.length, packet.getSocketAddress()));
                }
            } catch (IOException closed) {
                // The next receive fails as well, when it was the end.
            }
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try {
                Socket socket = tcp.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            while (true) {
                byte[] wire = new byte[in.readUnsignedShort()];
                in.readFully(wire);
                tcpQuestions.incrementAndGet();
                Message answer = answer(new Message(wire));
                if (silent) {
                    continue;
                }
                byte[] reply = answer.toWire(65_535);
                out.writeShort(reply.length);
                out.write(reply);
            }
        } catch (IOException ended) {
            // The resolver has gone.
        }
    }

    private Message answer(Message query) throws IOException {
        Record question = query.getQuestion();
        questions.add(question.getName() + "/" + Type.string(question.getType()));
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(question, Section.QUESTION);
        if (refusesEdns && query.getOPT() != null) {
            answer.getHeader().setRcode(Rcode.FORMERR);
            return answer;
        }
        if (rcode != Rcode.NOERROR) {
            answer.getHeader().setRcode(rcode);
            return answer;
        }
        if (authoritative) {
            answer.getHeader().setFlag(Flags.AA);
        }
        if (authentic) {
            answer.getHeader().setFlag(Flags.AD);
        }
        fill(answer, question);
        return answer;
    }

    private void fill(Message answer, Record question) throws IOException {
        Name name = question.getName();
        List<Name> seen = new ArrayList<>();
        while (true) {
            List<Record> here = records.getOrDefault(name, List.of());
            List<Record> matching = here.stream()
                    .filter(record -> record.getType() == question.getType())
                    .toList();
            List<Record> aliases = here.stream()
                    .filter(record -> record.getType() == Type.CNAME)
                    .toList();
            matching.forEach(record -> answer.addRecord(record, Section.ANSWER));
            if (!matching.isEmpty()) {
                return;
            }
            if (!aliases.isEmpty() && !seen.contains(name)) {
                seen.add(name);
                answer.addRecord(aliases.getFirst(), Section.ANSWER);
                name = ((org.xbill.DNS.CNAMERecord) aliases.getFirst()).getTarget();
                continue;
            }
            if (here.isEmpty() && !isParent(name)) {
                answer.getHeader().setRcode(Rcode.NXDOMAIN);
            }
            if (aliases.isEmpty()) {
                Name apex = Name.fromString("test.");
                answer.addRecord(new SOARecord(apex, DClass.IN, 60, apex, apex, 1, 60, 60, 60, 30), Section.AUTHORITY);
            }
            return;
        }
    }

    private boolean isParent(Name name) {
        return records.keySet().stream().anyMatch(held -> held.subdomain(name));
    }
}
