package org.hongyan.mail.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.ReversePath;
import org.hongyan.mail.message.Message;
import org.hongyan.mail.relay.DeliveryOutcome.Bounced;
import org.hongyan.mail.relay.DeliveryOutcome.Deferred;
import org.hongyan.mail.relay.DeliveryOutcome.Delivered;
import org.hongyan.mail.smtp.Envelope;
import org.hongyan.mail.smtp.ScriptedSink;
import org.hongyan.mail.smtp.ScriptedSink.Host;
import org.hongyan.mail.smtp.SmtpTimeouts;
import org.hongyan.mail.smtp.TlsPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of mails when the receiving side misbehaves, on real sockets. */
class RelayFaultTest {

    private static final String CONTENT = "Message-ID: <1@a.test>\r\nSubject: hello\r\n\r\nBody\r\n.dot\r\n";

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final FixedDns dns = new FixedDns().mx("sink.test", "mx1.sink.test").host("mx1.sink.test", "127.0.0.1");

    @AfterEach
    void nothingIsLeftOpen() throws Exception {
        for (AutoCloseable thing : opened.reversed()) {
            thing.close();
            if (thing instanceof Relay relay) {
                await(() -> relay.openConnections() == 0);
            }
        }
        await(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("smtp-deadlines") && thread.isAlive()));
    }

    // ---- plain success and reuse

    @Test
    void mailsForOneDestinationShareAConnectionAndArriveAsTheyAre() throws Exception {
        ScriptedSink sink = sink(new Host());
        Relay relay = relay(sink.port());

        for (int i = 0; i < 5; i++) {
            assertThat(send(relay, "a@sink.test")).hasOnlyElementsOfType(Delivered.class);
        }

        assertThat(sink.connections()).isEqualTo(1);
        assertThat(sink.arrived()).hasSize(5);
        assertThat(sink.arrived().getFirst().content()).isEqualTo(CONTENT);
        assertThat(sink.arrived().getFirst().mail()).isEqualTo("MAIL FROM:<b@a.test>");
        assertThat(sink.commands()).doesNotContain("RSET");
    }

    @Test
    void aTurnTellsTheNextMailWithTheContentOfThePresentOne() throws Exception {
        List<Integer> waitingAfterDot = new ArrayList<>();
        ScriptedSink sink = sink(new Host().end((content, talk) -> {
            await(() -> talk.waiting() > 0 || waitingAfterDot.size() == 2);
            waitingAfterDot.add(talk.waiting());
            return "250 2.0.0 kept";
        }));
        Relay relay = relay(sink.port());
        Queue mails = new Queue(3);

        deliver(relay, mails);

        assertThat(mails.outcomes).hasSize(3).allSatisfy(one -> assertThat(one).hasOnlyElementsOfType(Delivered.class));
        assertThat(waitingAfterDot.get(0)).isPositive();
        assertThat(waitingAfterDot.get(1)).isPositive();
        assertThat(waitingAfterDot.get(2)).isZero();
        assertThat(sink.arrived()).hasSize(3);
    }

    @Test
    void aConnectionThatDiedWhileIdleCostsTheMailNothing() throws Exception {
        ScriptedSink sink = sink(new Host().end((content, talk) -> {
            if (talk.number() == 1) {
                talk.say("250 2.0.0 kept");
                talk.hangUp();
            }
            return "250 2.0.0 kept";
        }));
        Relay relay = relay(sink.port());

        assertThat(send(relay, "a@sink.test")).hasOnlyElementsOfType(Delivered.class);
        assertThat(send(relay, "a@sink.test")).hasOnlyElementsOfType(Delivered.class);

        assertThat(sink.connections()).isEqualTo(2);
    }

    @Test
    void idleConnectionsAreEndedWithQuit() throws Exception {
        ScriptedSink sink = sink(new Host());
        Relay relay = open(new Relay(
                settings(sink.port()).with(new RelaySettings.Bounds(5, Duration.ofMillis(60), 10, 10)),
                dns,
                InstantSource.system()));

        send(relay, "a@sink.test");

        await(() -> sink.commands().contains("QUIT") && relay.openConnections() == 0 && sink.open() == 0);
        assertThat(relay.idleConnections()).isZero();
    }

    @Test
    void hundredsOfThreadsShareTheRelay() throws Exception {
        ScriptedSink sink = sink(new Host());
        Relay relay = relay(sink.port());
        List<DeliveryOutcome> all = new java.util.concurrent.CopyOnWriteArrayList<>();

        List<Thread> threads = IntStream.range(0, 300)
                .mapToObj(i -> Thread.ofVirtual().start(() -> all.addAll(send(relay, "a" + i + "@sink.test"))))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(all).hasSize(300).hasOnlyElementsOfType(Delivered.class);
        assertThat(sink.arrived()).hasSize(300);
        assertThat(sink.connections()).isLessThanOrEqualTo(20);
    }

    // ---- F1 to F14 of the test plan

    @Test
    void f1TemporaryRefusalsDefer() throws Exception {
        ScriptedSink rcpt = sink(new Host().rcpt((command, talk) -> "451 4.3.0 later"));
        assertThat(send(relay(rcpt.port()), "a@sink.test")).singleElement().satisfies(outcome -> {
            assertThat(outcome).isInstanceOf(Deferred.class);
            assertThat(((Deferred) outcome).status()).hasToString("4.3.0");
            assertThat(outcome.attempt().reply()).isEqualTo("451 4.3.0 later");
            assertThat(outcome.attempt().replied()).isTrue();
            assertThat(outcome.attempt().host()).isEqualTo("mx1.sink.test");
            assertThat(outcome.attempt().address()).isEqualTo("127.0.0.1");
        });
        ScriptedSink end = sink(new Host().end((content, talk) -> "452 4.3.1 disk full"));
        assertThat(send(relay(end.port()), "a@sink.test")).hasOnlyElementsOfType(Deferred.class);
    }

    @Test
    void f2ResetAfterTheFinalDotDefersWithoutASecondHost() throws Exception {
        ScriptedSink first = sink(new Host().end((content, talk) -> {
            talk.reset();
            return null;
        }));
        ScriptedSink second = open(new ScriptedSink("127.0.0.2", first.port(), new Host()));
        dns.mx("sink.test", "mx1.sink.test", "mx2.sink.test").host("mx2.sink.test", "127.0.0.2");

        List<DeliveryOutcome> outcomes = send(relay(first.port()), "a@sink.test");

        assertThat(outcomes).singleElement().isInstanceOf(Deferred.class);
        assertThat(outcomes.getFirst().attempt().replied()).isFalse();
        assertThat(first.seen()).hasSize(1);
        assertThat(second.connections()).isZero();
    }

    @Test
    void f3AcceptedThenClosedIsDeliveredOnceEach() throws Exception {
        ScriptedSink sink = sink(new Host().end((content, talk) -> {
            talk.say("250 2.0.0 kept");
            talk.hangUp();
            return null;
        }));
        Relay relay = relay(sink.port());
        Queue mails = new Queue(4);

        deliver(relay, mails);

        assertThat(mails.outcomes).hasSize(4).allSatisfy(one -> assertThat(one).hasOnlyElementsOfType(Delivered.class));
        assertThat(sink.seen()).hasSize(4);
    }

    @Test
    void f4RepliesInSinglePiecesAndOfManyLinesAreRead() throws Exception {
        ScriptedSink sink = sink(new Host()
                .mail((command, talk) -> {
                    for (char c : "250 2.1.0 ok\r\n".toCharArray()) {
                        talk.raw(String.valueOf(c));
                    }
                    return null;
                })
                .end((content, talk) -> {
                    talk.raw("250-line\r\n".repeat(500));
                    return "250 done";
                }));
        assertThat(send(relay(sink.port()), "a@sink.test")).hasOnlyElementsOfType(Delivered.class);
    }

    @Test
    void f4FloodsAndBinaryDeferAndNeverReachALog() throws Exception {
        for (String garbage : List.of(
                "250 " + "x".repeat(100_000) + "\r\n",
                "250-more\r\n".repeat(5_000),
                "\0\1\2\377\376\r\n",
                "HTTP/1.1 400 Bad Request\r\n\r\n")) {
            ScriptedSink sink = sink(new Host().announcing().mail((command, talk) -> {
                talk.raw(garbage);
                talk.silence();
                return null;
            }));
            assertThat(send(relay(sink.port()), "a@sink.test")).singleElement().satisfies(outcome -> {
                assertThat(outcome).isInstanceOf(Deferred.class);
                assertThat(outcome.attempt().reply()).hasSizeLessThan(300);
                assertThat(outcome.attempt().reply().chars()).allMatch(c -> c >= ' ' && c != 127);
            });
        }
        ScriptedSink noCarriageReturn = sink(new Host().rcpt((command, talk) -> {
            talk.raw("550 5.1.1 no\033[2Jbody\n");
            return null;
        }));
        assertThat(send(relay(noCarriageReturn.port()), "a@sink.test"))
                .singleElement()
                .satisfies(outcome -> {
                    assertThat(outcome).isInstanceOf(Bounced.class);
                    assertThat(outcome.attempt().reply()).isEqualTo("550 5.1.1 no?[2Jbody");
                });
    }

    @Test
    void f5DrippingRepliesEndAtTheTimeOfTheStep() throws Exception {
        ScriptedSink sink = sink(talk -> {
            while (true) {
                talk.raw("2");
                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            }
        });
        long start = System.nanoTime();
        assertThat(send(relay(sink.port(), Duration.ofMillis(300)), "a@sink.test"))
                .singleElement()
                .satisfies(outcome -> {
                    assertThat(outcome).isInstanceOf(Deferred.class);
                    assertThat(outcome.attempt().reply()).contains("longer than 300 ms");
                });
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void f6SilenceAtEachStepEndsInDeferral() throws Exception {
        List<ScriptedSink.Script> silent = List.of(
                ScriptedSink.Talk::silence,
                new Host().announcing().mail(RelayFaultTest::silent),
                new Host().announcing().rcpt(RelayFaultTest::silent),
                new Host().announcing().data(RelayFaultTest::silent),
                new Host().announcing().end(RelayFaultTest::silent));
        for (ScriptedSink.Script script : silent) {
            ScriptedSink sink = sink(script);
            assertThat(send(relay(sink.port(), Duration.ofMillis(200)), "a@sink.test"))
                    .hasOnlyElementsOfType(Deferred.class);
            await(() -> sink.open() == 0);
        }
    }

    @Test
    void f6AReaderThatStopsReadingDoesNotHoldTheThread() throws Exception {
        ScriptedSink sink = sink(new Host().data((command, talk) -> {
            talk.say("354 go ahead");
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofSeconds(3).toNanos());
            return null;
        }));
        Message large = Message.ofCanonical(("Subject: large\r\n\r\n" + ("x".repeat(76) + "\r\n").repeat(300_000))
                .getBytes(StandardCharsets.US_ASCII));
        long start = System.nanoTime();
        assertThat(relay(sink.port(), Duration.ofMillis(300)).attempt(envelope("a@sink.test"), large))
                .hasOnlyElementsOfType(Deferred.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void f7EncryptsWhereOffered() throws Exception {
        ScriptedSink sink = sink(new Host().tls("valid.p12"));
        Relay relay = relay(sink.port());
        assertThat(send(relay, "a@sink.test")).singleElement().satisfies(outcome -> {
            assertThat(outcome).isInstanceOf(Delivered.class);
            assertThat(outcome.attempt().tls()).startsWith("TLSv1.3 TLS_");
        });
        assertThat(send(relay, "a@sink.test")).hasOnlyElementsOfType(Delivered.class);
        assertThat(sink.connections()).isEqualTo(1);
        assertThat(sink.commands().stream().filter(c -> c.startsWith("EHLO"))).hasSize(2);
    }

    @Test
    void f7OpportunisticTlsTakesAnyCertificate() throws Exception {
        ScriptedSink sink = sink(new Host().tls("expired.p12"));
        assertThat(send(relay(sink.port()), "a@sink.test")).hasOnlyElementsOfType(Delivered.class);
        assertThat(sink.commands()).contains("STARTTLS");
    }

    @Test
    void f7BrokenHandshakesFallBackToClearTextOnceAndAreRemembered() throws Exception {
        List<Host.Answer> broken = List.of(
                (command, talk) -> {
                    talk.say("220 go");
                    talk.hangUp();
                    return null;
                },
                (command, talk) -> {
                    talk.say("220 go");
                    talk.silence();
                    return null;
                },
                (command, talk) -> {
                    talk.say("220 go");
                    talk.raw("this is not TLS at all, is it?\r\n");
                    talk.silence();
                    return null;
                });
        for (Host.Answer answer : broken) {
            ScriptedSink sink = sink(new Host().tls(answer));
            Relay relay = relay(sink.port(), Duration.ofMillis(300));
            assertThat(send(relay, "a@sink.test")).singleElement().satisfies(outcome -> {
                assertThat(outcome).isInstanceOf(Delivered.class);
                assertThat(outcome.attempt().tls()).isNull();
            });
            assertThat(sink.connections()).isEqualTo(2);
            assertThat(sink.commands().stream().filter("STARTTLS"::equals)).hasSize(1);
        }
    }

    @Test
    void f7ARefusedStartTlsGoesOnInClear() throws Exception {
        ScriptedSink sink = sink(new Host().tls((command, talk) -> "454 4.7.0 not now"));
        assertThat(send(relay(sink.port()), "a@sink.test")).hasOnlyElementsOfType(Delivered.class);
        assertThat(sink.connections()).isEqualTo(1);
    }

    @Test
    void f7RequiredTlsDefersAndNeverSpeaksInClear() throws Exception {
        List<ScriptedSink.Script> hosts = List.of(
                new Host(), new Host().tls((command, talk) -> "454 4.7.0 not now"), new Host().tls((command, talk) -> {
                            talk.say("220 go");
                            talk.hangUp();
                            return null;
                        }));
        for (ScriptedSink.Script host : hosts) {
            ScriptedSink sink = sink(host);
            Relay relay =
                    open(new Relay(settings(sink.port()).with(new TlsPolicy.Encrypted()), dns, InstantSource.system()));
            assertThat(send(relay, "a@sink.test")).singleElement().satisfies(outcome -> {
                assertThat(outcome).isInstanceOf(Deferred.class);
                assertThat(((Deferred) outcome).status()).hasToString("4.7.4");
            });
            assertThat(sink.commands()).noneMatch(command -> command.startsWith("MAIL"));
        }
    }

    @Test
    void f7TextInjectedBehindThe220IsNotTakenForTheServersWord() throws Exception {
        ScriptedSink sink = sink(new Host().tls((command, talk) -> {
            talk.raw("220 go\r\n250-injected\r\n250 SIZE 1\r\n");
            talk.startTls("valid.p12");
            return null;
        }));
        assertThat(send(relay(sink.port()), "a@sink.test")).singleElement().satisfies(outcome -> {
            // With SIZE 1 believed, the mail would have bounced.
            assertThat(outcome).isInstanceOf(Delivered.class);
            assertThat(outcome.attempt().tls()).isNotNull();
        });
    }

    @Test
    void f8ABusyFirstHostGivesWayToTheSecondInTheSameAttempt() throws Exception {
        for (String greeting : List.of("421 4.3.2 busy", "554 5.7.1 not you")) {
            ScriptedSink first = sink(new Host().greeting((command, talk) -> {
                talk.say(greeting);
                talk.hangUp();
                return null;
            }));
            ScriptedSink second = open(new ScriptedSink("127.0.0.2", first.port(), new Host()));
            dns.mx("sink.test", "mx1.sink.test", "mx2.sink.test").host("mx2.sink.test", "127.0.0.2");
            assertThat(send(relay(first.port()), "a@sink.test")).singleElement().satisfies(outcome -> {
                assertThat(outcome).isInstanceOf(Delivered.class);
                assertThat(outcome.attempt().host()).isEqualTo("mx2.sink.test");
            });
            assertThat(second.arrived()).hasSize(1);
        }
    }

    @Test
    void f9OneUnknownUserOfFiftyBouncesAlone() throws Exception {
        ScriptedSink sink = sink(
                new Host().rcpt((command, talk) -> command.contains("<u17@") ? "550 5.1.1 unknown" : "250 2.1.5 ok"));
        List<DeliveryOutcome> outcomes = send(
                relay(sink.port()),
                IntStream.range(0, 50).mapToObj(i -> "u" + i + "@sink.test").toArray(String[]::new));

        assertThat(outcomes).hasSize(50);
        for (int i = 0; i < 50; i++) {
            assertThat(outcomes.get(i)).isInstanceOf(i == 17 ? Bounced.class : Delivered.class);
        }
        assertThat(sink.arrived())
                .singleElement()
                .satisfies(mail -> assertThat(mail.rcpts()).hasSize(49));
    }

    @Test
    void f9ManyRecipientsBeyondTheGroupAreAllTold() throws Exception {
        ScriptedSink sink = sink(
                new Host().rcpt((command, talk) -> command.contains("<u70@") ? "550 5.1.1 unknown" : "250 2.1.5 ok"));
        List<DeliveryOutcome> outcomes = send(
                relay(sink.port()),
                IntStream.range(0, 130).mapToObj(i -> "u" + i + "@sink.test").toArray(String[]::new));
        assertThat(outcomes.stream().filter(Delivered.class::isInstance)).hasSize(129);
        assertThat(outcomes.get(70)).isInstanceOf(Bounced.class);
    }

    @Test
    void f9TooManyRecipientsGoOnInASecondTransaction() throws Exception {
        AtomicInteger told = new AtomicInteger();
        ScriptedSink sink = sink(new Host()
                .mail((command, talk) -> {
                    told.set(0);
                    return "250 ok";
                })
                .rcpt((command, talk) -> told.incrementAndGet() > 10 ? "452 4.5.3 too many recipients" : "250 ok"));
        List<DeliveryOutcome> outcomes = send(
                relay(sink.port()),
                IntStream.range(0, 25).mapToObj(i -> "u" + i + "@sink.test").toArray(String[]::new));
        assertThat(outcomes).hasSize(25).hasOnlyElementsOfType(Delivered.class);
        assertThat(sink.arrived()).hasSize(3);
        assertThat(sink.connections()).isEqualTo(1);
    }

    @Test
    void f10PermanentRefusalsBounceFromMailOnAndDeferBefore() throws Exception {
        assertBounce(new Host().data((command, talk) -> "554 5.7.1 no"), "5.7.1");
        assertBounce(new Host().end((content, talk) -> "554 5.6.0 no"), "5.6.0");
        assertBounce(new Host().mail((command, talk) -> "550 5.7.1 no"), "5.7.1");
        assertBounce(new Host().rcpt((command, talk) -> "550 no such user"), "5.0.0");
        ScriptedSink banner = sink(new Host().greeting((command, talk) -> {
            talk.say("554 5.7.1 not you");
            talk.hangUp();
            return null;
        }));
        assertThat(send(relay(banner.port()), "a@sink.test")).singleElement().satisfies(outcome -> {
            assertThat(outcome).isInstanceOf(Deferred.class);
            assertThat(((Deferred) outcome).status()).hasToString("4.7.1");
        });
    }

    @Test
    void f10ARejectionThatPassesIsDeferred() throws Exception {
        ScriptedSink sink = sink(new Host().rcpt((command, talk) -> "550 frequency limited"));
        Relay relay = open(new Relay(
                settings(sink.port()),
                dns,
                new org.hongyan.mail.shaping.Pacer(
                        org.hongyan.mail.shaping.ShapingRules.defaults(), InstantSource.system()),
                (host, reply) -> host.equals("mx1.sink.test") && reply.text().contains("frequency"),
                InstantSource.system()));
        assertThat(send(relay, "a@sink.test")).hasOnlyElementsOfType(Deferred.class);
    }

    @Test
    void f11AHostThatLosesPipelinedCommandsIsSpokenToTurnByTurn() throws Exception {
        ScriptedSink sink = sink(new Host().mail((command, talk) -> {
            await(() -> talk.waiting() > 0 || talk.number() > 1);
            talk.dropWaiting();
            return "250 2.1.0 ok";
        }));
        Relay relay = relay(sink.port(), Duration.ofMillis(400));

        assertThat(send(relay, "a@sink.test", "b@sink.test")).hasOnlyElementsOfType(Delivered.class);
        assertThat(send(relay, "c@sink.test")).hasOnlyElementsOfType(Delivered.class);

        assertThat(sink.connections()).isEqualTo(2);
        assertThat(sink.arrived()).hasSize(2);
        assertThat(sink.arrived().getFirst().rcpts()).hasSize(2);
    }

    @Test
    void f11AMissingReplyNeverShiftsTheRestOntoOtherRecipients() throws Exception {
        ScriptedSink sink = sink(new Host().rcpt((command, talk) -> command.contains("<b@") ? null : "250 ok"));
        // The reply to DATA would otherwise be read as the reply to the third RCPT.
        List<DeliveryOutcome> outcomes =
                send(relay(sink.port(), Duration.ofMillis(300)), "a@sink.test", "b@sink.test", "c@sink.test");
        assertThat(outcomes).hasSize(3).hasOnlyElementsOfType(Deferred.class);
        assertThat(sink.arrived()).isEmpty();
    }

    @Test
    void f12WhatTheHostCannotTakeBouncesWithoutBeingSent() throws Exception {
        ScriptedSink small = sink(new Host().announcing("PIPELINING", "SIZE 20"));
        assertThat(send(relay(small.port()), "a@sink.test")).singleElement().satisfies(outcome -> {
            assertThat(((Bounced) outcome).status()).hasToString("5.3.4");
        });
        assertThat(small.commands()).noneMatch(command -> command.startsWith("MAIL"));

        ScriptedSink ascii = sink(new Host().announcing("PIPELINING"));
        List<DeliveryOutcome> outcomes = send(relay(ascii.port()), "用户@sink.test", "plain@sink.test");
        assertThat(((Bounced) outcomes.get(0)).status()).hasToString("5.6.7");
        assertThat(outcomes.get(1)).isInstanceOf(Delivered.class);
    }

    @Test
    void f12InternationalAddressesAreToldWithSmtpUtf8() throws Exception {
        ScriptedSink sink = sink(new Host());
        assertThat(send(relay(sink.port()), "用户@sink.test")).hasOnlyElementsOfType(Delivered.class);
        assertThat(sink.arrived().getFirst().mail()).endsWith(" BODY=8BITMIME SMTPUTF8");
        assertThat(sink.arrived().getFirst().rcpts()).containsExactly("RCPT TO:<用户@sink.test>");
    }

    @Test
    void f12ContentIsAskedForInSevenBitsWhereTheHostKnowsNoMore() throws Exception {
        ScriptedSink sink = sink(new Host().announcing("PIPELINING"));
        Relay relay = relay(sink.port());
        Queue mails = new Queue(2) {
            @Override
            Message content(boolean eightBitAllowed) {
                asked.add(eightBitAllowed);
                return message(eightBitAllowed ? "Subject: x\r\n\r\n你好\r\n" : "Subject: x\r\n\r\n=E4=BD=A0\r\n");
            }
        };
        deliver(relay, mails);
        assertThat(mails.asked).containsExactly(false, false);
        assertThat(sink.arrived()).hasSize(2);

        List<DeliveryOutcome> raw = relay.attempt(envelope("a@sink.test"), message("Subject: x\r\n\r\n你好\r\n"));
        assertThat(((Bounced) raw.getFirst()).status()).hasToString("5.6.3");
    }

    @Test
    void f12BareLineEndsNeverLeave() throws Exception {
        ScriptedSink sink = sink(new Host());
        Relay relay = relay(sink.port());
        for (String smuggled : List.of("a\n.\r\nMAIL FROM:<x@y.test>\r\n", "a\r.\r\n", "a\0b\r\n", "a\r\n.\r")) {
            List<DeliveryOutcome> outcomes =
                    relay.attempt(envelope("a@sink.test"), message("Subject: x\r\n\r\n" + smuggled));
            assertThat(((Bounced) outcomes.getFirst()).status()).hasToString("5.6.0");
        }
        assertThat(sink.commands())
                .noneMatch(command -> command.toUpperCase(Locale.ROOT).startsWith("MAIL"));
    }

    @Test
    void f13GreylistingDefersAndTheSecondTryIsTheSameMail() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        ScriptedSink sink = sink(
                new Host().rcpt((command, talk) -> tries.getAndIncrement() == 0 ? "451 4.7.1 greylisted" : "250 ok"));
        Relay relay = relay(sink.port());
        assertThat(send(relay, "a@sink.test")).hasOnlyElementsOfType(Deferred.class);
        assertThat(send(relay, "a@sink.test")).hasOnlyElementsOfType(Delivered.class);
        assertThat(sink.arrived().getFirst().content()).isEqualTo(CONTENT);
        assertThat(sink.connections()).isEqualTo(1);
    }

    @Test
    void f14EachAttemptAtAHostThatNeverTakesEndsInOneDeferral() throws Exception {
        ScriptedSink sink = sink(new Host().mail((command, talk) -> "450 4.2.1 never"));
        Relay relay = relay(sink.port());
        for (int i = 0; i < 3; i++) {
            assertThat(send(relay, "a@sink.test", "b@sink.test")).hasSize(2).hasOnlyElementsOfType(Deferred.class);
        }
        assertThat(sink.seen()).isEmpty();
    }

    // ---- turns that break in the middle

    @Test
    void mailsBehindABrokenOneGoOverAFreshConnection() throws Exception {
        AtomicInteger contents = new AtomicInteger();
        ScriptedSink sink = sink(new Host().end((content, talk) -> {
            if (contents.incrementAndGet() == 2) {
                talk.reset();
            }
            return "250 2.0.0 kept";
        }));
        Queue mails = new Queue(4);
        deliver(relay(sink.port()), mails);
        assertThat(mails.outcomes.stream().map(one -> one.getFirst().getClass().getSimpleName()))
                .containsExactly("Delivered", "Deferred", "Delivered", "Delivered");
        assertThat(sink.connections()).isEqualTo(2);
    }

    @Test
    void aFarewellBetweenMailsBelongsToNoMail() throws Exception {
        AtomicInteger mailsHere = new AtomicInteger();
        ScriptedSink sink = sink(new Host().mail((command, talk) -> {
            if (mailsHere.incrementAndGet() == 3) {
                talk.say("421 4.7.0 too many mails on this connection");
                talk.hangUp();
            }
            return "250 ok";
        }));
        Queue mails = new Queue(4);
        deliver(relay(sink.port()), mails);
        assertThat(mails.outcomes).hasSize(4).allSatisfy(one -> assertThat(one).hasOnlyElementsOfType(Delivered.class));
        assertThat(sink.connections()).isEqualTo(2);
    }

    @Test
    void aMailThatCannotBeRenderedLosesNoOther() throws Exception {
        ScriptedSink sink = sink(new Host());
        Relay relay = relay(sink.port());
        Queue mails = new Queue(3) {
            private int rendered;

            @Override
            Message content(boolean eightBitAllowed) {
                if (++rendered == 2) {
                    throw new IllegalStateException("no key");
                }
                return super.content(eightBitAllowed);
            }
        };
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> deliver(relay, mails))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no key");
        assertThat(mails.outcomes)
                .singleElement()
                .satisfies(one -> assertThat(one).hasOnlyElementsOfType(Delivered.class));
        await(() -> relay.openConnections() == 0);
        assertThat(sink.arrived()).hasSize(1);
    }

    @Test
    void aHostThatIsNotThereDefersAndItsLaneIsSuspendedAfterThree() throws Exception {
        ScriptedSink sink = sink(new Host());
        int port = sink.port();
        sink.close();
        Relay relay = relay(port);
        for (int i = 0; i < 3; i++) {
            assertThat(send(relay, "a@sink.test")).singleElement().satisfies(outcome -> {
                assertThat(((Deferred) outcome).status()).hasToString("4.4.1");
                assertThat(outcome.attempt().reply()).contains("no connection to mx1.sink.test [127.0.0.1]:" + port);
            });
        }
        assertThat(relay.depart(new DomainName("sink.test"))).isInstanceOf(Departure.Later.class);
    }

    // ---- tools

    private void assertBounce(Host host, String status) throws Exception {
        ScriptedSink sink = sink(host);
        assertThat(send(relay(sink.port()), "a@sink.test")).singleElement().satisfies(outcome -> {
            assertThat(outcome).isInstanceOf(Bounced.class);
            assertThat(((Bounced) outcome).status()).hasToString(status);
        });
    }

    private static @Nullable String silent(String command, ScriptedSink.Talk talk) throws IOException {
        talk.silence();
        return null;
    }

    private ScriptedSink sink(ScriptedSink.Script script) throws IOException {
        return open(new ScriptedSink(script));
    }

    private Relay relay(int port) {
        return relay(port, Duration.ofSeconds(5));
    }

    private Relay relay(int port, Duration timeout) {
        return open(new Relay(settings(port).with(SmtpTimeouts.all(timeout)), dns, InstantSource.system()));
    }

    private static RelaySettings settings(int port) {
        return RelaySettings.of(new DomainName("mta.a.test"))
                .toPort(port)
                .guardedBy(AddressGuard.allowing(List.of("127.0.0.0/8")))
                .with(SmtpTimeouts.all(Duration.ofSeconds(5)));
    }

    private <T extends AutoCloseable> T open(T thing) {
        opened.add(thing);
        return thing;
    }

    private static List<DeliveryOutcome> send(Relay relay, String... recipients) {
        return relay.attempt(envelope(recipients), message(CONTENT));
    }

    private static void deliver(Relay relay, MailSource mails) {
        switch (relay.depart(new DomainName("sink.test"))) {
            case Departure.Now(Turn turn) -> {
                try (turn) {
                    relay.deliver(turn, mails);
                }
            }
            case Departure.Later later -> throw new AssertionError(later);
            case Departure.Decided decided -> throw new AssertionError(decided);
        }
    }

    private static Envelope envelope(String... recipients) {
        return new Envelope(
                ReversePath.parse("b@a.test"),
                java.util.Arrays.stream(recipients).map(EmailAddress::parse).toList());
    }

    private static Message message(String text) {
        return Message.ofCanonical(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Waits for another thread's doing. */
    private static void await(java.util.concurrent.Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain");
            }
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
        }
    }

    /** So many mails, each rendered when asked for. */
    private static class Queue implements MailSource {
        private final List<List<DeliveryOutcome>> outcomes = new ArrayList<>();
        final List<Boolean> asked = new ArrayList<>();
        private int left;

        Queue(int mails) {
            this.left = mails;
        }

        Message content(boolean eightBitAllowed) {
            asked.add(eightBitAllowed);
            return message(CONTENT);
        }

        @Override
        public java.util.Optional<OutgoingMail> next() {
            if (left == 0) {
                return java.util.Optional.empty();
            }
            left--;
            return java.util.Optional.of(new OutgoingMail() {
                @Override
                public Envelope envelope() {
                    return RelayFaultTest.envelope("a@sink.test");
                }

                @Override
                public int estimatedSize() {
                    return 100;
                }

                @Override
                public boolean mayHoldEightBit() {
                    return false;
                }

                @Override
                public Message message(boolean eightBitAllowed) {
                    return content(eightBitAllowed);
                }
            });
        }

        @Override
        public void settled(OutgoingMail mail, List<DeliveryOutcome> settled) {
            outcomes.add(settled);
        }
    }
}
