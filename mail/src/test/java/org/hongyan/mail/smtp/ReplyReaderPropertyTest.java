package org.hongyan.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class ReplyReaderPropertyTest {

    /** Gives at most so many octets a read, as a network does. */
    private static InputStream inPieces(byte[] octets, int piece) {
        return new ByteArrayInputStream(octets) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, piece));
            }
        };
    }

    @Provide
    Arbitrary<Reply> replies() {
        Arbitrary<String> line = Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(200);
        return Combinators.combine(
                        Arbitraries.integers().between(200, 599),
                        line.list().ofMinSize(1).ofMaxSize(12))
                .as(Reply::new);
    }

    @Property(tries = 300)
    void whatIsWrittenIsReadHoweverItIsCut(
            @ForAll("replies") Reply first,
            @ForAll("replies") Reply second,
            @ForAll @IntRange(min = 1, max = 50) int piece)
            throws IOException {
        byte[] wire = (wire(first) + wire(second)).getBytes(StandardCharsets.US_ASCII);
        ReplyReader reader = new ReplyReader(inPieces(wire, piece));
        assertThat(reader.read()).isEqualTo(first);
        assertThat(reader.read()).isEqualTo(second);
        assertThat(reader.hasBuffered()).isFalse();
        assertThatThrownBy(reader::read).isInstanceOf(EOFException.class);
    }

    @Property(tries = 500)
    void anyOctetsGiveARepliesOrAnIoExceptionAndNoControlCharacter(@ForAll byte[] octets) {
        ReplyReader reader = new ReplyReader(new ByteArrayInputStream(octets));
        try {
            while (true) {
                Reply reply = reader.read();
                assertThat(reply.text().chars()).noneMatch(Character::isISOControl);
            }
        } catch (IOException expected) {
            assertThat(String.valueOf(expected.getMessage()).chars()).noneMatch(Character::isISOControl);
        }
    }

    @Property(tries = 200)
    void capabilitiesAreReadFromAnything(@ForAll List<String> lines) {
        List<String> clean =
                lines.stream().map(line -> line.replaceAll("[\r\n]", "")).toList();
        if (!clean.isEmpty()) {
            assertThat(Capabilities.of(new Reply(250, clean)).largestMessage()).isNotNegative();
        }
    }

    @Example
    void aReplyWithTwoCodesIsNone() {
        assertThatThrownBy(() -> read("250-one\r\n550 two\r\n")).isInstanceOf(ReplyReader.GarbledReply.class);
    }

    @Example
    void bareCodesAndBareLineFeedsAreTaken() throws IOException {
        assertThat(read("250\r\n")).isEqualTo(Reply.of(250, ""));
        assertThat(read("250-a\n250 b\n")).isEqualTo(new Reply(250, List.of("a", "b")));
    }

    @Example
    void longLinesAreCutAndFloodsEnd() throws IOException {
        assertThat(read("250 " + "x".repeat(5_000) + "\r\n").text()).hasSize(ReplyReader.LONGEST_LINE_KEPT - 4);
        assertThatThrownBy(() -> read("250 " + "x".repeat(70_000) + "\r\n"))
                .isInstanceOf(ReplyReader.GarbledReply.class);
        assertThatThrownBy(() -> read("250-\r\n".repeat(2_000))).isInstanceOf(ReplyReader.GarbledReply.class);
    }

    @Example
    void extensionsAreKnownByTheirNamesInAnyCase() {
        Capabilities capabilities = Capabilities.of(new Reply(
                250,
                List.of(
                        "host",
                        "pipelining",
                        "Size 1000",
                        "STARTTLS",
                        "8bitmime",
                        "SMTPUTF8",
                        "CHUNKING",
                        "X-OTHER a")));
        assertThat(capabilities).isEqualTo(new Capabilities(true, true, true, true, true, true, 1000));
        assertThat(Capabilities.of(new Reply(250, List.of("PIPELINING")))).isEqualTo(Capabilities.NONE);
        assertThat(Capabilities.of(new Reply(250, List.of("host", "SIZE 99999999999999999999")))
                        .largestMessage())
                .isZero();
    }

    private static Reply read(String text) throws IOException {
        return new ReplyReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))).read();
    }

    private static String wire(Reply reply) {
        StringBuilder wire = new StringBuilder();
        for (int i = 0; i < reply.lines().size(); i++) {
            boolean last = i == reply.lines().size() - 1;
            wire.append(reply.code())
                    .append(last ? ' ' : '-')
                    .append(reply.lines().get(i))
                    .append("\r\n");
        }
        return wire.toString();
    }
}
