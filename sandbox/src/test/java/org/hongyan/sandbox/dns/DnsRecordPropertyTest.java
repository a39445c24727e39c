package org.hongyan.sandbox.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DnsRecordPropertyTest {

    @Property(tries = 300)
    void anyTextSurvivesTheZoneFile(@ForAll("texts") String text) throws IOException {
        DnsRecord record = DnsRecord.txt("s1._domainkey.example.com", text);
        assertThat(DnsRecord.ofZoneFileLine(record.zoneFileLine())).isEqualTo(record);
    }

    /** Surrogates stand in pairs, as they do in every text that was decoded from UTF-8. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .ofMaxLength(900)
                .all()
                .filter(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c)));
    }
}
