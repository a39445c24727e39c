package org.hongyan.sandbox.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Whatever octets come in, the answer is a DNS message or silence, never an error. */
class ResponderPropertyTest {

    private final Responder responder = new Responder(
            () -> new ZoneData(PretendInternet.records(OperatorNames.defaults()), new ZoneCut(), 1),
            new Faults(),
            (question, tcp) -> {});

    @Property(tries = 200)
    void anyOctetsAreAnsweredByAMessageOrSilence(@ForAll @Size(max = 80) byte[] octets) throws IOException {
        requireMessageOrSilence(responder.answer(octets, octets.length, false));
    }

    @Property(tries = 200)
    void aDamagedQueryIsAnsweredByAMessageOrSilence(
            @ForAll @IntRange(min = 0, max = 60) int position, @ForAll byte octet, @ForAll boolean tcp)
            throws IOException {
        byte[] query = Message.newQuery(
                        Record.newRecord(Name.fromConstantString("s1._domainkey.mail.qq.com."), Type.TXT, DClass.IN))
                .toWire();
        byte[] damaged = Arrays.copyOf(query, query.length);
        damaged[position % damaged.length] = octet;
        requireMessageOrSilence(responder.answer(damaged, damaged.length, tcp));
    }

    private static void requireMessageOrSilence(Responder.Answer answer) throws IOException {
        byte[] bytes = answer.bytes();
        if (bytes != null) {
            assertThat(new Message(bytes).getHeader().getFlag(org.xbill.DNS.Flags.QR))
                    .isTrue();
        }
    }
}
