package org.hongyan.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an attacker or a broken program may send, each with the exact reply, and whether the connection survives it. */
class SmtpServerHostileInputTest {

    /** How far the session is when the input comes. */
    enum After {
        NOTHING,
        HELO("HELO c"),
        EHLO("EHLO c.example.com"),
        MAIL("EHLO c.example.com", "MAIL FROM:<a@example.com>"),
        RCPT("EHLO c.example.com", "MAIL FROM:<a@example.com>", "RCPT TO:<b@example.org>"),
        DATA("EHLO c.example.com", "MAIL FROM:<a@example.com>", "RCPT TO:<b@example.org>", "DATA"),
        AUTH_PLAIN("EHLO c.example.com", "AUTH PLAIN"),
        AUTH_LOGIN("EHLO c.example.com", "AUTH LOGIN");

        private final String commands;

        After(String... commands) {
            this.commands = String.join("\n", commands);
        }
    }

    /** @param closes whether the server ends the connection after the reply */
    record Hostile(String name, After after, byte[] input, String reply, boolean closes) {
        @Override
        public String toString() {
            return name + " after " + after;
        }
    }

    private static final String STRAY = "500 5.5.2 Lines end with CR LF only and hold no NUL, closing the connection";
    private static final String NOT_TEXT = "500 5.5.2 The command has a character that is not allowed";
    private static final String LONE_LF = "554 5.6.0 LF without CR in the message, closing the connection";
    private static final String LONE_CR = "554 5.6.0 CR without LF in the message, closing the connection";
    private static final String NUL = "554 5.6.0 NUL in the message, closing the connection";
    private static final String BAD_SENDER = "501 5.1.7 Bad sender address syntax";
    private static final String BAD_RECIPIENT = "501 5.1.3 Bad recipient address syntax";
    private static final String MAIL_SYNTAX = "501 5.5.4 Syntax: MAIL FROM:<address>";
    private static final String RCPT_SYNTAX = "501 5.5.4 Syntax: RCPT TO:<address>";
    private static final String ROUTED = "553 5.1.3 An address that names a route is not accepted";
    private static final String NO_ARGUMENT = "501 5.5.4 The command takes no argument";
    private static final String HELLO = "501 5.5.4 Say who you are: EHLO your.host.name";
    private static final String BASE64 = "501 5.5.2 The response is not base64 of what the mechanism asks for";
    private static final String TOO_LARGE = "552 5.3.4 The message is larger than is allowed";
    private static final String TOO_LARGE_CLOSING = TOO_LARGE + ", closing the connection";
    private static final String BDAT_SYNTAX = "501 5.5.4 Syntax: BDAT size [LAST], closing the connection";
    private static final String HTTP = "554 5.5.1 This is no web server, closing the connection";
    private static final String UNKNOWN = "500 5.5.1 Command not recognised";
    private static final String MAIL_FIRST = "503 5.5.1 Send MAIL first";
    private static final String HELLO_FIRST = "503 5.5.1 Send EHLO first";
    private static final String NEEDS_UTF8 = "553 5.6.7 An address beyond ASCII needs MAIL with SMTPUTF8";
    private static final String WRONG = "535 5.7.8 User name or password is wrong";

    /** A second message, as smuggling hides it in the first. */
    private static final String SMUGGLED =
            "MAIL FROM:<ceo@example.com>\r\nRCPT TO:<victim@example.org>\r\nDATA\r\nFrom: ceo\r\n\r\nPay!\r\n.\r\n";

    private static final RecordingSmtpHandler HANDLER = new RecordingSmtpHandler();
    private static SmtpServer server;

    @BeforeAll
    static void start() {
        SmtpServerLimits limits = SmtpServerLimits.defaults();
        server = SmtpServer.builder(HANDLER)
                .hostName("mx.example.com")
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), SmtpServer.Mode.PLAIN)
                .extensions(EnumSet.allOf(SmtpServer.Extension.class))
                .authWithoutTls(true)
                .limits(limits.with(new SmtpServerLimits.Content(20_000, 998, 2_000, 6_000, 20, 5)))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void forget() {
        HANDLER.deliveries.clear();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"endsOfData", "lines", "sequences", "addresses", "parameters", "logins", "sizes"})
    void getsItsExactReplyAndSmugglesNothing(Hostile hostile) throws IOException {
        try (RawSmtpClient client = new RawSmtpClient(server.port(0))) {
            client.reply();
            for (String command : hostile.after().commands.lines().toList()) {
                assertThat(client.say(command + "\r\n")).matches("(?s)[23].*");
            }
            client.send(hostile.input());
            if (hostile.closes()) {
                assertThat(client.rest()).isEqualTo(hostile.reply());
            } else {
                assertThat(client.reply()).isEqualTo(hostile.reply());
                assertThat(client.say("NOOP\r\n")).isEqualTo("250 2.0.0 OK");
            }
        }
        assertThat(HANDLER.deliveries).isEmpty();
    }

    static Stream<Hostile> endsOfData() {
        return Stream.of(
                closes("LF . LF", After.DATA, "x\n.\n" + SMUGGLED, LONE_LF),
                closes("LF . CRLF", After.DATA, "x\n.\r\n" + SMUGGLED, LONE_LF),
                closes("CRLF . LF", After.DATA, "x\r\n.\n" + SMUGGLED, LONE_LF),
                closes("CR . CR", After.DATA, "x\r.\r" + SMUGGLED, LONE_CR),
                closes("CR . CRLF", After.DATA, "x\r.\r\n" + SMUGGLED, LONE_CR),
                closes("CRLF . CR", After.DATA, "x\r\n.\r" + SMUGGLED, LONE_CR),
                closes("CRLF . CR CR LF", After.DATA, "x\r\n.\r\r\n" + SMUGGLED, LONE_CR),
                closes("CR CR LF . CR CR LF", After.DATA, "x\r\r\n.\r\r\n" + SMUGGLED, LONE_CR),
                closes("CR LF CR . CR LF", After.DATA, "x\r\n\r.\r\n" + SMUGGLED, LONE_CR),
                closes("LF LF . LF LF", After.DATA, "x\n\n.\n\n" + SMUGGLED, LONE_LF),
                closes("CRLF NUL . CRLF", After.DATA, "x\r\n\0.\r\n" + SMUGGLED, NUL),
                closes("CRLF . NUL CRLF", After.DATA, "x\r\n.\0\r\n" + SMUGGLED, NUL),
                closes("CRLF . CR NUL LF", After.DATA, "x\r\n.\r\0\n" + SMUGGLED, LONE_CR),
                closes("CRLF dot dot LF", After.DATA, "x\r\n..\n" + SMUGGLED, LONE_LF),
                closes("LF at the start of the content", After.DATA, "\n.\r\n" + SMUGGLED, LONE_LF),
                closes("dot LF at the start of the content", After.DATA, ".\n" + SMUGGLED, LONE_LF),
                closes("LF in the header", After.DATA, "Subject: a\nBcc: b@example.org\r\n\r\nx\r\n.\r\n", LONE_LF),
                closes("NUL in the body", After.DATA, "Subject: a\r\n\r\nx\0y\r\n.\r\n", NUL),
                closes("lone LF in a chunk", After.RCPT, "BDAT 4 LAST\r\nx\ny\r", LONE_LF),
                closes("lone CR in a chunk", After.RCPT, "BDAT 6 LAST\r\nx\ry\r\n\r\n", LONE_CR),
                closes("CR at the very end of the chunks", After.RCPT, "BDAT 2 LAST\r\nx\r", LONE_CR),
                closes(
                        "CR and LF parted by chunks and not paired",
                        After.RCPT,
                        "BDAT 2\r\nx\rBDAT 2\r\nyz",
                        "250 2.0.0 2 octets received\n" + LONE_CR),
                closes("NUL in a chunk", After.RCPT, "BDAT 3\r\na\0b", NUL));
    }

    static Stream<Hostile> lines() {
        return Stream.of(
                closes("bare LF after a command", After.EHLO, "NOOP\n", STRAY),
                closes("bare LF alone", After.NOTHING, "\n", STRAY),
                closes("bare CR inside a command", After.EHLO, "NOOP\rQUIT\r\n", STRAY),
                closes("CR CR LF", After.EHLO, "NOOP\r\r\n", STRAY),
                closes("LF CR", After.EHLO, "NOOP\n\r", STRAY),
                closes("NUL in a command", After.EHLO, "NO\0OP\r\n", STRAY),
                closes("bare LF in EHLO", After.NOTHING, "EHLO a\nMAIL FROM:<a@example.com>\r\n", STRAY),
                closes("bare LF in an address", After.MAIL, "RCPT TO:<b@example.org\n>\r\n", STRAY),
                closes("a line without an end", After.EHLO, "x".repeat(70_000), STRAY),
                stays("escape sequence", After.EHLO, "NOOP \u001b[2J\r\n", NOT_TEXT),
                stays("backspace", After.EHLO, "NOOP\b\r\n", NOT_TEXT),
                stays("DEL", After.EHLO, "NOOP \u007f\r\n", NOT_TEXT),
                stays("C1 next line", After.EHLO, "NOOP \u0085\r\n", NOT_TEXT),
                stays("Unicode line separator", After.EHLO, "NOOP \u2028x\r\n", NOT_TEXT),
                stays(
                        "malformed UTF-8",
                        After.EHLO,
                        new byte[] {'N', 'O', 'O', 'P', ' ', (byte) 0xC3, '\r', '\n'},
                        NOT_TEXT),
                stays("overlong UTF-8", After.EHLO, new byte[] {'A', (byte) 0xC0, (byte) 0x8A, '\r', '\n'}, NOT_TEXT),
                closes("control character inside a message", After.RCPT, "BDAT\u0001 4\r\nQUIT", NOT_TEXT),
                stays("empty line", After.EHLO, "\r\n", UNKNOWN),
                stays("blank line", After.EHLO, "   \r\n", UNKNOWN),
                stays("leading blank", After.EHLO, " NOOP\r\n", UNKNOWN),
                stays("2,049 octets", After.EHLO, "NOOP " + "x".repeat(2042) + "\r\n", "500 5.5.6 Line too long"),
                stays("60,000 octets", After.EHLO, "x".repeat(60_000) + "\r\n", "500 5.5.6 Line too long"),
                closes(
                        "a long line inside a message",
                        After.MAIL,
                        "RCPT TO:<" + "x".repeat(3_000) + ">\r\n",
                        "500 5.5.6 Line too long"),
                stays("unknown command", After.EHLO, "XDEBUG 1\r\n", UNKNOWN),
                stays("Kelvin sign as a letter", After.EHLO, "\u212AELO x\r\n", UNKNOWN),
                closes("GET", After.NOTHING, "GET / HTTP/1.1\r\nHost: x\r\n\r\n", HTTP),
                closes(
                        "POST with commands in its body",
                        After.NOTHING,
                        "POST / HTTP/1.1\r\nHost: x\r\n\r\nEHLO a\r\n" + SMUGGLED,
                        HTTP),
                closes("TLS hello on a plain port", After.NOTHING, new byte[] {0x16, 3, 1, 0, 4, 1, 0, 0, 0}, STRAY));
    }

    static Stream<Hostile> sequences() {
        return Stream.of(
                stays("MAIL first", After.NOTHING, "MAIL FROM:<a@example.com>\r\n", HELLO_FIRST),
                stays("RCPT first", After.NOTHING, "RCPT TO:<a@example.com>\r\n", MAIL_FIRST),
                stays("RCPT without MAIL", After.EHLO, "RCPT TO:<a@example.com>\r\n", MAIL_FIRST),
                stays("DATA without MAIL", After.EHLO, "DATA\r\n", MAIL_FIRST),
                stays("DATA without RCPT", After.MAIL, "DATA\r\n", "554 5.5.1 No valid recipient"),
                stays(
                        "MAIL twice",
                        After.MAIL,
                        "MAIL FROM:<a@example.com>\r\n",
                        "503 5.5.1 A message has already been begun"),
                stays("DATA with an argument", After.RCPT, "DATA now\r\n", NO_ARGUMENT),
                stays("RSET with an argument", After.EHLO, "RSET x\r\n", NO_ARGUMENT),
                stays("QUIT with an argument", After.EHLO, "QUIT x\r\n", NO_ARGUMENT),
                stays("EHLO without a name", After.NOTHING, "EHLO\r\n", HELLO),
                stays("EHLO with two names", After.NOTHING, "EHLO a b\r\n", HELLO),
                stays("EHLO beyond ASCII", After.NOTHING, "EHLO \u4f8b\u5b50\r\n", HELLO),
                stays("EHLO of 256 characters", After.NOTHING, "EHLO " + "a".repeat(256) + "\r\n", HELLO),
                stays(
                        "VRFY",
                        After.EHLO,
                        "VRFY root\r\n",
                        "252 2.0.0 Cannot verify an address; send the message to find out"),
                stays("EXPN", After.EHLO, "EXPN staff\r\n", "502 5.5.1 Command not implemented"),
                stays("ETRN", After.EHLO, "ETRN example.com\r\n", "502 5.5.1 Command not implemented"),
                stays("STARTTLS where there is none", After.EHLO, "STARTTLS\r\n", "502 5.5.1 Command not implemented"),
                closes("BDAT without a size", After.RCPT, "BDAT\r\n" + SMUGGLED, BDAT_SYNTAX),
                closes("BDAT with a negative size", After.RCPT, "BDAT -1\r\n" + SMUGGLED, BDAT_SYNTAX),
                closes("BDAT with a hexadecimal size", After.RCPT, "BDAT 0x10\r\n" + SMUGGLED, BDAT_SYNTAX),
                closes("BDAT with a word that is not LAST", After.RCPT, "BDAT 4 FIRST\r\n" + SMUGGLED, BDAT_SYNTAX),
                closes("BDAT with an endless size", After.RCPT, "BDAT 99999999999999999999\r\n", TOO_LARGE_CLOSING),
                stays("a chunk of commands without MAIL", After.EHLO, "BDAT 6\r\nRSET\r\n", MAIL_FIRST));
    }

    static Stream<Hostile> addresses() {
        return Stream.of(
                stays("no brackets", After.EHLO, "MAIL FROM:a@example.com\r\n", MAIL_SYNTAX),
                stays("no colon", After.EHLO, "MAIL FROM <a@example.com>\r\n", MAIL_SYNTAX),
                stays("no closing bracket", After.EHLO, "MAIL FROM:<a@example.com\r\n", MAIL_SYNTAX),
                stays("text after the bracket", After.EHLO, "MAIL FROM:<a@example.com>x\r\n", MAIL_SYNTAX),
                stays("open quote", After.EHLO, "MAIL FROM:<\"a@example.com>\r\n", MAIL_SYNTAX),
                stays("two brackets", After.EHLO, "MAIL FROM:<<a@example.com>>\r\n", MAIL_SYNTAX),
                stays("address list", After.EHLO, "MAIL FROM:<a@example.com,b@example.com>\r\n", BAD_SENDER),
                stays("blank in a local part", After.EHLO, "MAIL FROM:<a b@example.com>\r\n", BAD_SENDER),
                stays("two dots", After.EHLO, "MAIL FROM:<a..b@example.com>\r\n", BAD_SENDER),
                stays("no domain", After.EHLO, "MAIL FROM:<root>\r\n", BAD_SENDER),
                stays("single label", After.EHLO, "MAIL FROM:<root@localhost>\r\n", BAD_SENDER),
                stays(
                        "local part of 65 octets",
                        After.EHLO,
                        "MAIL FROM:<" + "a".repeat(65) + "@example.com>\r\n",
                        BAD_SENDER),
                stays("label of 64 octets", After.EHLO, "MAIL FROM:<a@" + "b".repeat(64) + ".com>\r\n", BAD_SENDER),
                stays("domain of 254 octets", After.EHLO, "MAIL FROM:<a@" + "b.".repeat(126) + "cc>\r\n", BAD_SENDER),
                stays("shell in the domain", After.EHLO, "MAIL FROM:<a@example.com;touch x>\r\n", BAD_SENDER),
                stays("null recipient", After.MAIL, "RCPT TO:<>\r\n", BAD_RECIPIENT),
                stays("address literal", After.MAIL, "RCPT TO:<root@[127.0.0.1]>\r\n", BAD_RECIPIENT),
                stays("IPv6 literal", After.MAIL, "RCPT TO:<root@[IPv6:::1]>\r\n", BAD_RECIPIENT),
                stays("source route", After.MAIL, "RCPT TO:<@a.example,@b.example:c@example.org>\r\n", BAD_RECIPIENT),
                stays("percent hack", After.MAIL, "RCPT TO:<victim%example.net@example.org>\r\n", ROUTED),
                stays("bang path", After.MAIL, "RCPT TO:<example.net!victim@example.org>\r\n", ROUTED),
                stays("quoted at sign", After.MAIL, "RCPT TO:<\"victim@example.net\"@example.org>\r\n", ROUTED),
                closes(
                        "control character in a quoted part",
                        After.MAIL,
                        "RCPT TO:<\"a\\\u0001\"@example.org>\r\n",
                        NOT_TEXT),
                stays("recipient without brackets", After.MAIL, "RCPT TO: b@example.org\r\n", RCPT_SYNTAX),
                stays("FROM in RCPT", After.MAIL, "RCPT FROM:<b@example.org>\r\n", RCPT_SYNTAX),
                stays("local part beyond ASCII", After.EHLO, "MAIL FROM:<\u5f20@example.com>\r\n", NEEDS_UTF8),
                stays("domain beyond ASCII", After.MAIL, "RCPT TO:<a@\u4f8b\u5b50.example>\r\n", NEEDS_UTF8),
                stays(
                        "right-to-left override",
                        After.EHLO,
                        "MAIL FROM:<a\u202Eb@example.com> SMTPUTF8\r\n",
                        BAD_SENDER));
    }

    static Stream<Hostile> parameters() {
        return Stream.of(
                stays(
                        "unknown parameter",
                        After.EHLO,
                        "MAIL FROM:<a@example.com> X=1\r\n",
                        "555 5.5.4 Parameter X is not known here"),
                stays(
                        "BINARYMIME",
                        After.EHLO,
                        "MAIL FROM:<a@example.com> BODY=BINARYMIME\r\n",
                        "501 5.5.4 Bad value of BODY"),
                stays("size too large", After.EHLO, "MAIL FROM:<a@example.com> SIZE=20001\r\n", TOO_LARGE),
                stays(
                        "size beyond 64 bits",
                        After.EHLO,
                        "MAIL FROM:<a@example.com> SIZE=99999999999999999999\r\n",
                        TOO_LARGE),
                stays(
                        "size of 21 digits",
                        After.EHLO,
                        "MAIL FROM:<a@example.com> SIZE=000000000000000000001\r\n",
                        "501 5.5.4 Bad value of SIZE"),
                stays(
                        "negative size",
                        After.EHLO,
                        "MAIL FROM:<a@example.com> SIZE=-1\r\n",
                        "501 5.5.4 Bad value of SIZE"),
                stays("size without a value", After.EHLO, "MAIL FROM:<a@example.com> SIZE=\r\n", MAIL_SYNTAX),
                stays(
                        "parameter twice",
                        After.EHLO,
                        "MAIL FROM:<a@example.com> SIZE=1 SIZE=2\r\n",
                        "501 5.5.4 Parameter SIZE is given twice"),
                stays("equals in a value", After.EHLO, "MAIL FROM:<a@example.com> ENVID=a=b\r\n", MAIL_SYNTAX),
                stays("keyword with a slash", After.EHLO, "MAIL FROM:<a@example.com> A/B=1\r\n", MAIL_SYNTAX),
                stays(
                        "keyword of 33 letters",
                        After.EHLO,
                        "MAIL FROM:<a@example.com> " + "K".repeat(33) + "\r\n",
                        MAIL_SYNTAX),
                stays(
                        "bad xtext",
                        After.EHLO,
                        "MAIL FROM:<a@example.com> ENVID=a+0g\r\n",
                        "501 5.5.4 Bad value of ENVID"),
                stays(
                        "long ENVID",
                        After.EHLO,
                        "MAIL FROM:<a@example.com> ENVID=" + "x".repeat(101) + "\r\n",
                        "501 5.5.4 Bad value of ENVID"),
                stays(
                        "RET of neither",
                        After.EHLO,
                        "MAIL FROM:<a@example.com> RET=SOME\r\n",
                        "501 5.5.4 Bad value of RET"),
                stays(
                        "SMTPUTF8 with a value",
                        After.EHLO,
                        "MAIL FROM:<a@example.com> SMTPUTF8=1\r\n",
                        "501 5.5.4 Bad value of SMTPUTF8"),
                stays(
                        "NEVER and more",
                        After.MAIL,
                        "RCPT TO:<b@example.org> NOTIFY=NEVER,DELAY\r\n",
                        "501 5.5.4 Bad value of NOTIFY"),
                stays(
                        "ORCPT without a type",
                        After.MAIL,
                        "RCPT TO:<b@example.org> ORCPT=b@example.org\r\n",
                        "501 5.5.4 Bad value of ORCPT"),
                stays(
                        "NOTIFY twice",
                        After.MAIL,
                        "RCPT TO:<b@example.org> NOTIFY=DELAY NOTIFY=DELAY\r\n",
                        "501 5.5.4 Parameter NOTIFY is given twice"),
                stays(
                        "SIZE in RCPT",
                        After.MAIL,
                        "RCPT TO:<b@example.org> SIZE=1\r\n",
                        "555 5.5.4 Parameter SIZE is not known here"));
    }

    static Stream<Hostile> logins() {
        return Stream.of(
                stays("no mechanism", After.EHLO, "AUTH\r\n", "501 5.5.4 Syntax: AUTH mechanism"),
                stays("unknown mechanism", After.EHLO, "AUTH CRAM-MD5\r\n", "504 5.5.4 Mechanism not offered"),
                stays("AUTH after HELO", After.HELO, "AUTH PLAIN\r\n", HELLO_FIRST),
                stays("AUTH inside a message", After.MAIL, "AUTH PLAIN\r\n", "503 5.5.1 No AUTH inside a message"),
                stays("not base64", After.EHLO, "AUTH PLAIN !!!!\r\n", BASE64),
                stays("empty response", After.EHLO, "AUTH PLAIN =\r\n", BASE64),
                stays("base64 of no UTF-8", After.AUTH_PLAIN, "/////w==\r\n", BASE64),
                stays("one NUL", After.AUTH_PLAIN, "YQBi\r\n", BASE64),
                stays("four NULs", After.AUTH_PLAIN, "AAAAAA==\r\n", BASE64),
                stays("no name", After.AUTH_PLAIN, "AABi\r\n", WRONG),
                stays("acting for another", After.AUTH_PLAIN, "YgBhAGM=\r\n", WRONG),
                stays("CR LF in the name", After.AUTH_PLAIN, "AGENCmIAYw==\r\n", WRONG),
                stays("cancelled", After.AUTH_PLAIN, "*\r\n", "501 5.7.0 Authentication cancelled"),
                stays("LOGIN cancelled", After.AUTH_LOGIN, "*\r\n", "501 5.7.0 Authentication cancelled"),
                stays("a command in place of the response", After.AUTH_LOGIN, "MAIL FROM:<a@example.com>\r\n", BASE64),
                stays("12,289 octets", After.AUTH_PLAIN, "A".repeat(12_287) + "\r\n", "500 5.5.6 Line too long"),
                closes("bare LF in the response", After.AUTH_PLAIN, "AGEAYg==\n", STRAY),
                stays("wrong password", After.EHLO, "AUTH PLAIN AGEAYg==\r\n", "535 5.7.8 No such account"));
    }

    static Stream<Hostile> sizes() {
        return Stream.of(
                stays(
                        "a message too large",
                        After.DATA,
                        "x".repeat(900).concat("\r\n").repeat(23) + ".\r\n",
                        TOO_LARGE),
                closes(
                        "a message without an end",
                        After.DATA,
                        "x".repeat(900).concat("\r\n").repeat(1_300),
                        TOO_LARGE_CLOSING),
                stays("a chunk too large", After.RCPT, "BDAT 20002 LAST\r\n" + "\r\n".repeat(10_001), TOO_LARGE),
                stays(
                        "a line of 999",
                        After.DATA,
                        "x".repeat(999) + "\r\n.\r\n",
                        "554 5.6.0 The message has a line that is too long"),
                stays(
                        "21 header fields",
                        After.DATA,
                        "A: b\r\n".repeat(21) + "\r\n.\r\n",
                        "554 5.6.0 The message has too many header fields"),
                stays(
                        "a header field of 2,001",
                        After.DATA,
                        "A: b\r\n" + " c\r\n".repeat(500) + "\r\n.\r\n",
                        "554 5.6.0 The message has a header field that is too long"),
                stays(
                        "a header of 6,001",
                        After.DATA,
                        ("A: " + "b".repeat(900) + "\r\n").repeat(7) + "\r\n.\r\n",
                        "554 5.6.0 The header of the message is too long"),
                stays(
                        "six hops",
                        After.DATA,
                        "RECEIVED : x\r\n".repeat(6) + "\r\n.\r\n",
                        "554 5.4.6 The message has too many Received fields, it loops"));
    }

    private static Hostile closes(String name, After after, String input, String reply) {
        return closes(name, after, input.getBytes(StandardCharsets.UTF_8), reply);
    }

    private static Hostile closes(String name, After after, byte[] input, String reply) {
        return new Hostile(name, after, input, reply, true);
    }

    private static Hostile stays(String name, After after, String input, String reply) {
        return stays(name, after, input.getBytes(StandardCharsets.UTF_8), reply);
    }

    private static Hostile stays(String name, After after, byte[] input, String reply) {
        return new Hostile(name, after, input, reply, false);
    }
}
