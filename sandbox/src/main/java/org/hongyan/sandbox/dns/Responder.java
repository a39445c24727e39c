package org.hongyan.sandbox.dns;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Turns one query into one answer, from the zones as they stand and the faults that are set. Answers carry AA, and RA
 * too: in this pretend internet the one server is root, authority and resolver at once, so nothing is out of its reach.
 */
final class Responder {

    /** Largest UDP answer, the size on which the DNS flag day 2020 settled. */
    private static final int LARGEST_UDP_ANSWER = 1232;

    private static final int SMALLEST_UDP_ANSWER = 512;
    private static final int LONGEST_ALIAS_CHAIN = 16;
    private static final int LARGEST_TCP_ANSWER = 65_535;

    /**
     * What goes back.
     *
     * @param bytes the answer; null for silence
     * @param delay how long to wait before it is sent
     */
    record Answer(byte @Nullable [] bytes, Duration delay) {
        static final Answer SILENCE = new Answer(null, Duration.ZERO);

        static Answer now(byte[] bytes) {
            return new Answer(bytes, Duration.ZERO);
        }
    }

    private final Supplier<ZoneData> zones;
    private final Faults faults;
    private final BiConsumer<Record, Boolean> queryLog;

    Responder(Supplier<ZoneData> zones, Faults faults, BiConsumer<Record, Boolean> queryLog) {
        this.zones = zones;
        this.faults = faults;
        this.queryLog = queryLog;
    }

    /** Answers the octets of one query; octets that are no query get no answer. */
    Answer answer(byte[] query, int length, boolean tcp) {
        Message message;
        try {
            message = new Message(length == query.length ? query : java.util.Arrays.copyOf(query, length));
        } catch (IOException malformed) {
            return Answer.SILENCE;
        }
        Record question = message.getQuestion();
        if (message.getHeader().getFlag(Flags.QR) || question == null) {
            return Answer.SILENCE;
        }
        queryLog.accept(question, tcp);
        int limit = tcp ? LARGEST_TCP_ANSWER : udpLimit(message);
        DnsFault fault = faults.at(question.getName());
        if (fault == null) {
            return Answer.now(answer(message).toWire(limit));
        }
        return switch (fault) {
            case DnsFault.ServerFailure none ->
                Answer.now(refusal(message, Rcode.SERVFAIL).toWire(limit));
            case DnsFault.Refusal none ->
                Answer.now(refusal(message, Rcode.REFUSED).toWire(limit));
            case DnsFault.Silence none -> Answer.SILENCE;
            case DnsFault.Delay(Duration delay) -> new Answer(answer(message).toWire(limit), delay);
            case DnsFault.Truncation none -> Answer.now(tcp ? answer(message).toWire(limit) : truncated(message));
            case DnsFault.Garbage none -> Answer.now(new byte[] {1, 2, 3, 4, 5, 6, 7});
            case DnsFault.WrongId none ->
                Answer.now(withWrongId(answer(message)).toWire(limit));
            case DnsFault.Lie(List<DnsRecord> records) ->
                Answer.now(lie(message, records).toWire(limit));
        };
    }

    private Message answer(Message query) {
        Record question = query.getQuestion();
        if (query.getHeader().getOpcode() != Opcode.QUERY) {
            return refusal(query, Rcode.NOTIMP);
        }
        if (question.getDClass() != DClass.IN || question.getType() == Type.AXFR || question.getType() == Type.IXFR) {
            return refusal(query, Rcode.REFUSED);
        }
        Message answer = opened(query);
        answer.getHeader().setFlag(Flags.AA);
        ZoneData data = zones.get();
        Name name = question.getName();
        for (int chain = 0; chain < LONGEST_ALIAS_CHAIN; chain++) {
            switch (data.look(name, question.getType())) {
                case ZoneData.Lookup.Data(List<Record> records) -> {
                    records.forEach(record -> answer.addRecord(record, Section.ANSWER));
                    return answer;
                }
                case ZoneData.Lookup.Alias(Record cname, Name target) -> {
                    if (answer.findRecord(cname, Section.ANSWER)) {
                        return answer; // a loop: the asker sees it closed
                    }
                    answer.addRecord(cname, Section.ANSWER);
                    name = target;
                }
                case ZoneData.Lookup.NoData none -> {
                    answer.addRecord(data.startOfAuthority(name), Section.AUTHORITY);
                    return answer;
                }
                case ZoneData.Lookup.NoName none -> {
                    answer.getHeader().setRcode(Rcode.NXDOMAIN);
                    answer.addRecord(data.startOfAuthority(name), Section.AUTHORITY);
                    return answer;
                }
            }
        }
        return answer;
    }

    private static Message opened(Message query) {
        Message answer = new Message(query.getHeader().getID());
        Header header = answer.getHeader();
        header.setFlag(Flags.QR);
        header.setFlag(Flags.RA);
        if (query.getHeader().getFlag(Flags.RD)) {
            header.setFlag(Flags.RD);
        }
        header.setOpcode(query.getHeader().getOpcode());
        answer.addRecord(query.getQuestion(), Section.QUESTION);
        if (query.getOPT() != null) {
            answer.addRecord(new OPTRecord(LARGEST_UDP_ANSWER, 0, 0), Section.ADDITIONAL);
        }
        return answer;
    }

    private static Message refusal(Message query, int rcode) {
        Message answer = opened(query);
        answer.getHeader().setRcode(rcode);
        return answer;
    }

    private static byte[] truncated(Message query) {
        Message answer = opened(query);
        answer.getHeader().setFlag(Flags.TC);
        return answer.toWire();
    }

    private static Message lie(Message query, List<DnsRecord> records) {
        Message answer = opened(query);
        answer.getHeader().setFlag(Flags.AA);
        if (records.isEmpty()) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        records.forEach(record -> answer.addRecord(record.toWire(), Section.ANSWER));
        return answer;
    }

    private static Message withWrongId(Message answer) {
        answer.getHeader().setID(answer.getHeader().getID() ^ 0x5555);
        return answer;
    }

    private static int udpLimit(Message query) {
        OPTRecord edns = query.getOPT();
        return edns == null
                ? SMALLEST_UDP_ANSWER
                : Math.clamp(edns.getPayloadSize(), SMALLEST_UDP_ANSWER, LARGEST_UDP_ANSWER);
    }
}
