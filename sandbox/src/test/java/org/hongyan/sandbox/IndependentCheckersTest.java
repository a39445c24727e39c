package org.hongyan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.address.ReversePath;
import org.hongyan.mail.dkim.DkimKey;
import org.hongyan.mail.dkim.DkimSigner;
import org.hongyan.mail.message.Message;
import org.hongyan.sandbox.dns.DnsRecord;
import org.hongyan.sandbox.verdict.ReceivingChecks;
import org.hongyan.sandbox.verdict.SpfCheck;
import org.hongyan.sandbox.verdict.Verdicts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's python3-dkim and python3-spf, asking the pretend DNS over its socket, come to the same verdicts as we do. */
class IndependentCheckersTest {

    /** Debian's own, in which its packages are; another one may come first on the path. */
    private static final String PYTHON = "/usr/bin/python3";

    private static final String SCRIPT = """
            import sys, dns.resolver
            resolver = dns.resolver.Resolver(configure=False)
            resolver.nameservers = ['127.0.0.1']
            resolver.port = int(sys.argv[1])
            dns.resolver.default_resolver = resolver
            if sys.argv[2] == 'spf':
                import spf
                for client, sender in zip(sys.argv[3::2], sys.argv[4::2]):
                    print(spf.check2(i=client, s=sender, h='mta.hongyan.test')[0])
            else:
                import dkim
                def text(name, timeout=5):
                    name = name.decode() if isinstance(name, bytes) else name
                    return b''.join(resolver.resolve(name, 'TXT')[0].strings)
                print(dkim.verify(open(sys.argv[3], 'rb').read(), dnsfunc=text))
            """;

    @TempDir
    Path folder;

    @Test
    void spfVerdictsAgree() throws Exception {
        assumeTrue(runs("spf"), "python3-spf is not installed");
        try (Sandbox sandbox = started()) {
            sandbox.dns()
                    .publishAll(List.of(
                            DnsRecord.txt("a.example.com", "v=spf1 include:spf.hongyan.test ~all"),
                            DnsRecord.txt("b.example.com", "v=spf1 redirect=a.example.com"),
                            DnsRecord.txt("c.example.com", "v=spf1 mx a:mx1.qq.com ip4:192.0.2.0/24 -all"),
                            DnsRecord.mx("c.example.com", 10, "bounce.hongyan.test"),
                            DnsRecord.txt("d.example.com", "v=spf1 include:nothing.example.com -all"),
                            DnsRecord.txt("e.example.com", "v=spf1 exists:%{ir}.%{v}._spf.%{d} ?all"),
                            DnsRecord.address("1.0.0.127.in-addr._spf.e.example.com", "127.0.0.2"),
                            DnsRecord.txt("f.example.com", "v=spf1 ip4:300.1.1.1 -all"),
                            DnsRecord.txt("g.example.com", "v=spf1 -all"),
                            DnsRecord.txt("g.example.com", "v=spf1 +all")));
            SpfCheck ours = new SpfCheck(sandbox.dns().resolver());
            List<String> questions = new ArrayList<>();
            List<String> verdicts = new ArrayList<>();
            for (String host : List.of("a", "b", "c", "d", "e", "f", "g", "none")) {
                for (String client : List.of("127.0.0.1", "192.0.2.7", "198.51.100.1")) {
                    String sender = "x@" + host + ".example.com";
                    questions.addAll(List.of(client, sender));
                    verdicts.add(
                            ours.check(InetAddress.ofLiteral(client), ReversePath.parse(sender), "mta.hongyan.test")
                                    .result()
                                    .wireName());
                }
            }
            assertThat(python(sandbox, "spf", questions).lines()).containsExactlyElementsOf(verdicts);
            assertThat(verdicts).contains("pass", "fail", "softfail", "neutral", "none", "permerror");
        }
    }

    @Test
    void dkimVerdictsAgree() throws Exception {
        assumeTrue(runs("dkim"), "python3-dkim is not installed");
        try (Sandbox sandbox = started()) {
            DkimKey key = DkimKey.generateRsa2048();
            sandbox.dns().publish(DnsRecord.txt("s1._domainkey.mail.example.com", key.dnsRecord()));
            Message signed = new DkimSigner(new DomainName("mail.example.com"), "s1", key)
                    .sign(mail(), Instant.now(Clock.systemUTC()));
            byte[] changed = signed.bytes().clone();
            changed[changed.length - 3] ^= 1;
            for (byte[] content : List.of(signed.bytes(), changed)) {
                Path file = Files.write(folder.resolve("mail.eml"), content);
                Verdicts verdicts = new ReceivingChecks(sandbox.dns().resolver())
                        .judge(
                                InetAddress.getLoopbackAddress(),
                                ReversePath.parse("b@mail.example.com"),
                                "mta.hongyan.test",
                                Message.ofCanonical(content),
                                Clock.systemUTC().instant());
                assertThat(python(sandbox, "dkim", List.of(file.toString())))
                        .isEqualTo(verdicts.dkimPassed() ? "True" : "False");
            }
        }
    }

    private Sandbox started() {
        return Sandbox.start(SandboxSettings.in(folder).onFreePorts(), Clock.systemUTC());
    }

    private static Message mail() {
        return Message.ofCanonical("""
                From: news@mail.example.com
                To: li@qq.com
                Subject: hello
                Date: Wed, 25 Nov 2026 08:00:00 +0000
                Message-ID: <1@mail.example.com>

                Good day
                """.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static boolean runs(String module) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(PYTHON, "-c", "import dns.resolver, " + module)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noPython) {
            return false;
        }
    }

    private static String python(Sandbox sandbox, String checker, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                PYTHON,
                "-W",
                "ignore",
                "-c",
                SCRIPT,
                Integer.toString(sandbox.dnsAddress().getPort())));
        command.add(checker);
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output.strip();
    }
}
