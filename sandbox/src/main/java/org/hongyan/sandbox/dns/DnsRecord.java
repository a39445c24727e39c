package org.hongyan.sandbox.dns;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hongyan.mail.address.DomainName;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Tokenizer;

/**
 * One record of a private zone, as a DNS provider's form would take it. Immutable; equal records have equal text.
 *
 * @param name owner, lower case, without the final dot; its first label may be {@code *} (RFC 4592)
 * @param type kind of record
 * @param ttl how long resolvers may keep it, whole seconds from 0 to 7 days
 * @param value for TXT the whole text, however long; for the rest the zone-file form such as {@code 10 mx1.qq.com.}
 */
public record DnsRecord(String name, Type type, Duration ttl, String value) {

    /** TTL of a record published without one: short, so that a changed record is seen soon. */
    public static final Duration DEFAULT_TTL = Duration.ofSeconds(30);

    private static final int LONGEST_TEXT_OCTETS = 16_000;
    private static final int LONGEST_STRING_OCTETS = 255;

    /** The kinds of record that can be published. */
    public enum Type {
        /** IPv4 address. */
        A,
        /** IPv6 address. */
        AAAA,
        /** Alias. */
        CNAME,
        /** Mail exchanger. */
        MX,
        /** Name server. */
        NS,
        /** Name of an address. */
        PTR,
        /** Start of a zone. */
        SOA,
        /** Certificate association for DANE (RFC 6698). */
        TLSA,
        /** Text. */
        TXT;

        int code() {
            return org.xbill.DNS.Type.value(name());
        }
    }

    /** @throws IllegalArgumentException with a sentence that says what is wrong */
    public DnsRecord {
        name = canonicalName(name);
        if (ttl.isNegative() || ttl.compareTo(Duration.ofDays(7)) > 0) {
            throw new IllegalArgumentException("the TTL is from 0 seconds to 7 days");
        }
        ttl = Duration.ofSeconds(ttl.toSeconds());
        value = type == Type.TXT ? checkedText(value) : canonicalValue(name, type, value);
    }

    /**
     * Reads what a person or a program types into a form: the type by its name, the value plain, or for TXT also as
     * quoted strings, which are joined.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static DnsRecord of(String name, String type, String value) {
        return new DnsRecord(name, typeNamed(type), DEFAULT_TTL, unquoted(typeNamed(type), value.strip()));
    }

    /** A mail exchanger record; {@code "."} as host is the null MX of RFC 7505. */
    public static DnsRecord mx(String name, int preference, String host) {
        return new DnsRecord(name, Type.MX, DEFAULT_TTL, preference + " " + host);
    }

    /** A text record of any length up to 16,000 octets. */
    public static DnsRecord txt(String name, String text) {
        return new DnsRecord(name, Type.TXT, DEFAULT_TTL, text);
    }

    /** An address record, A or AAAA by the look of {@code address}. */
    public static DnsRecord address(String name, String address) {
        return new DnsRecord(name, address.indexOf(':') >= 0 ? Type.AAAA : Type.A, DEFAULT_TTL, address);
    }

    /** An alias record. */
    public static DnsRecord cname(String name, String target) {
        return new DnsRecord(name, Type.CNAME, DEFAULT_TTL, target);
    }

    /** A name server record. */
    public static DnsRecord ns(String name, String host) {
        return new DnsRecord(name, Type.NS, DEFAULT_TTL, host);
    }

    /** The same record with another TTL. */
    public DnsRecord withTtl(Duration other) {
        return new DnsRecord(name, type, other, value);
    }

    /** Whether both say the same of the same name, whatever their TTLs. */
    public boolean saysTheSameAs(DnsRecord other) {
        return name.equals(other.name) && type == other.type && value.equals(other.value);
    }

    /**
     * Reads the name of a type, without regard to case.
     *
     * @throws IllegalArgumentException when it is not one of {@link Type}
     */
    public static Type typeNamed(String text) {
        try {
            return Type.valueOf(text.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "the record type is one of A, AAAA, CNAME, MX, NS, PTR, SOA, TLSA, TXT", unknown);
        }
    }

    /** One line of a zone file; TXT is split into strings of at most 255 octets. */
    public String zoneFileLine() {
        return toWire().toString();
    }

    /** As {@link #zoneFileLine} gives it back. */
    static DnsRecord ofZoneFileLine(String line) throws IOException {
        try (Tokenizer tokens = new Tokenizer(line)) {
            String owner = tokens.getString();
            long seconds = tokens.getTTL();
            String dnsClass = tokens.getString();
            if (!dnsClass.equals("IN")) {
                throw new TextParseException("the class is IN");
            }
            Type type = typeNamed(tokens.getString());
            Record wire = Record.fromString(
                    Name.fromString(owner, Name.root), type.code(), DClass.IN, seconds, tokens, Name.root);
            return ofWire(wire, type);
        }
    }

    /** The record as dnsjava has it. */
    Record toWire() {
        Name owner = wireName(name);
        if (type == Type.TXT) {
            return new TXTRecord(owner, DClass.IN, ttl.toSeconds(), textStrings(value));
        }
        try {
            return Record.fromString(owner, type.code(), DClass.IN, ttl.toSeconds(), value, Name.root);
        } catch (IOException impossible) {
            throw new UncheckedIOException("the value was checked when the record was made", impossible);
        }
    }

    static Name wireName(String name) {
        try {
            return Name.fromString(name.isEmpty() ? "." : name, Name.root);
        } catch (TextParseException malformed) {
            throw new IllegalArgumentException("'" + name + "' is not a domain name", malformed);
        }
    }

    private static DnsRecord ofWire(Record wire, Type type) {
        String value;
        if (wire instanceof TXTRecord text) {
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            text.getStringsAsByteArrays().forEach(joined::writeBytes);
            value = joined.toString(StandardCharsets.UTF_8);
        } else {
            value = wire.rdataToString();
        }
        return new DnsRecord(wire.getName().toString(true), type, Duration.ofSeconds(wire.getTTL()), value);
    }

    private static String canonicalName(String name) {
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        boolean wildcard = bare.startsWith("*.");
        String ascii = DomainName.parse(wildcard ? bare.substring(2) : bare).ascii();
        return wildcard ? "*." + ascii : ascii;
    }

    private static String canonicalValue(String name, Type type, String value) {
        if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("the value of a record is one line");
        }
        try {
            return Record.fromString(wireName(name), type.code(), DClass.IN, 0, value, Name.root)
                    .rdataToString()
                    .toLowerCase(Locale.ROOT);
        } catch (IOException | IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "'" + value + "' is not a value for a record of type " + type, malformed);
        }
    }

    private static String checkedText(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_TEXT_OCTETS) {
            throw new IllegalArgumentException("a text record holds at most " + LONGEST_TEXT_OCTETS + " octets");
        }
        return text;
    }

    private static String unquoted(Type type, String value) {
        if (type != Type.TXT || !value.startsWith("\"")) {
            return value;
        }
        try {
            return ofZoneFileLine("x. 0 IN TXT " + value).value;
        } catch (IOException malformed) {
            throw new IllegalArgumentException("the quotes of the text do not match", malformed);
        }
    }

    /** The text cut into character-strings (RFC 1035 §3.3.14), escaped so that any octet survives. */
    private static List<String> textStrings(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        List<String> strings = new ArrayList<>();
        int start = 0;
        do {
            int end = Math.min(octets.length, start + LONGEST_STRING_OCTETS);
            StringBuilder string = new StringBuilder(end - start);
            for (int i = start; i < end; i++) {
                int octet = octets[i] & 0xff;
                if (octet < 32 || octet > 126 || octet == '\\' || octet == '"') {
                    string.append(String.format("\\%03d", octet));
                } else {
                    string.append((char) octet);
                }
            }
            strings.add(string.toString());
            start = end;
        } while (start < octets.length);
        return strings;
    }
}
