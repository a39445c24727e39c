package org.hongyan.mail.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.dnssec.ValidatingResolver;

/**
 * One server that questions are sent to, by UDP with EDNS and by TCP when the answer is truncated. Identifier and
 * source port are random (dnsjava), and answers to other questions are dropped there.
 */
final class DnsServer {

    /** Largest answer that passes nearly every path unfragmented (DNS flag day 2020). */
    private static final int UDP_PAYLOAD = 1232;

    /** The root's keys of 2017 and 2024, as IANA publishes them. */
    private static final String ROOT_TRUST_ANCHORS = """
            . IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D
            . IN DS 38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16
            """;

    private final String name;
    private final Duration timeout;
    private final Resolver withEdns;
    private final Resolver withoutEdns;

    /** Either a usable answer or a sentence on why there is none. */
    sealed interface Exchange {
        record Answered(Message message) implements Exchange {}

        record Failed(String reason) implements Exchange {}
    }

    DnsServer(String name, InetSocketAddress address, Duration timeout, DnsSettings.Dnssec dnssec) {
        this.name = name;
        this.timeout = timeout;
        boolean askForSignatures = dnssec != DnsSettings.Dnssec.OFF;
        SimpleResolver plain = new SimpleResolver(address);
        plain.setTimeout(timeout);
        plain.setEDNS(0, UDP_PAYLOAD, askForSignatures ? ExtendedFlags.DO : 0, java.util.List.of());
        this.withEdns = dnssec == DnsSettings.Dnssec.VALIDATE ? validating(plain) : plain;
        SimpleResolver bare = new SimpleResolver(address);
        bare.setTimeout(timeout);
        bare.setEDNS(null);
        this.withoutEdns = bare;
    }

    /** The server of the operating system's configuration, or the one given. */
    static String nameOf(InetSocketAddress address) {
        return address.getAddress() == null
                ? address.toString()
                : address.getAddress().getHostAddress() + (address.getPort() == 53 ? "" : ":" + address.getPort());
    }

    String name() {
        return name;
    }

    /** Asks once. NOERROR and NXDOMAIN are answers, anything else is a failure. */
    Exchange ask(Name question, int type, boolean recursive) {
        Message query = Message.newQuery(Record.newRecord(question, type, DClass.IN));
        if (!recursive) {
            query.getHeader().unsetFlag(Flags.RD);
        }
        query.getHeader().setFlag(Flags.AD);
        Exchange exchange = send(withEdns, query);
        if (exchange instanceof Exchange.Answered(Message message) && refusesEdns(message)) {
            exchange = send(withoutEdns, query);
        }
        if (exchange instanceof Exchange.Answered(Message message)
                && message.getRcode() != Rcode.NOERROR
                && message.getRcode() != Rcode.NXDOMAIN) {
            return new Exchange.Failed(name + " answered " + Rcode.string(message.getRcode()));
        }
        return exchange;
    }

    private static boolean refusesEdns(Message message) {
        return message.getRcode() == Rcode.FORMERR || message.getRcode() == Rcode.NOTIMP;
    }

    private Exchange send(Resolver resolver, Message query) {
        try {
            // dnsjava keeps its own time; the outer limit is only for a validating chain of many questions.
            Message answer = resolver.sendAsync(query)
                    .toCompletableFuture()
                    .get(timeout.toMillis() * 4 + 100, TimeUnit.MILLISECONDS);
            return new Exchange.Answered(answer);
        } catch (ExecutionException | CompletionException failed) {
            return new Exchange.Failed(name + reasonOf(failed.getCause()));
        } catch (TimeoutException late) {
            return new Exchange.Failed(name + timedOut());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Exchange.Failed("the question to " + name + " was interrupted");
        }
    }

    private String reasonOf(@Nullable Throwable cause) {
        String text = String.valueOf(cause == null ? null : cause.getMessage());
        if (cause instanceof TimeoutException || text.contains("imed out") || text.contains("imeout")) {
            return timedOut();
        }
        return cause instanceof IOException ? " cannot be asked: " + text : " failed: " + cause;
    }

    private String timedOut() {
        return " did not answer within " + timeout.toMillis() + " ms (time-out)";
    }

    private static Resolver validating(Resolver plain) {
        try {
            ValidatingResolver validating = new ValidatingResolver(plain);
            validating.loadTrustAnchors(new java.io.ByteArrayInputStream(
                    ROOT_TRUST_ANCHORS.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
            return validating;
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("no host is looked up here", impossible);
        } catch (IOException impossible) {
            throw new IllegalStateException("the trust anchors are text of ours", impossible);
        }
    }
}
