package org.hongyan.mail.dkim;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.SignatureException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hongyan.mail.dns.DnsAnswer;
import org.hongyan.mail.dns.DnsResolver;
import org.hongyan.mail.message.Message;

/**
 * Checks the DKIM signatures of a message (RFC 6376 §6, RFC 8301, RFC 8463).
 *
 * <p>Stricter than the RFC where the RFC lets a verifier choose: a signature that leaves a part of the body unsigned
 * ({@code l=}) fails, and so does one that claims to come from the future. At most {@value #MOST_SIGNATURES}
 * signatures are looked at, from the top.
 *
 * <p>Thread-safe; blocks for the DNS.
 */
public final class DkimVerifier {

    private static final int MOST_SIGNATURES = 5;
    private static final int MOST_KEY_RECORDS = 4;
    private static final Duration CLOCK_DIFFERENCE = Duration.ofHours(1);

    private final DnsResolver resolver;

    /** @param resolver follows CNAMEs, as keys are often published behind one */
    public DkimVerifier(DnsResolver resolver) {
        this.resolver = resolver;
    }

    /**
     * One result per signature, in the order of the fields; empty when the message has none.
     *
     * @param now for {@code t=} and {@code x=}
     */
    public List<DkimResult> verify(Message message, Instant now) {
        Examined examined = new Examined(message.bytes());
        List<DkimResult> results = new ArrayList<>();
        for (int field = 0; field < examined.fields.count() && results.size() < MOST_SIGNATURES; field++) {
            if (examined.fields.isNamed(examined.bytes, field, "dkim-signature")) {
                results.add(
                        switch (examined.signature(field)) {
                            case SignatureField.Malformed(var domain, var selector, String reason) ->
                                new DkimResult(DkimResult.Status.PERMERROR, domain, selector, reason);
                            case SignatureField.WellFormed signature -> check(signature, field, examined, now);
                        });
            }
        }
        return results;
    }

    private DkimResult check(SignatureField.WellFormed signature, int field, Examined examined, Instant now) {
        if (signature.expires() >= 0 && now.getEpochSecond() > signature.expires()) {
            return result(DkimResult.Status.FAIL, signature, "the signature has expired");
        }
        if (signature.signedAt() > now.plus(CLOCK_DIFFERENCE).getEpochSecond()) {
            return result(DkimResult.Status.FAIL, signature, "the signature comes from the future");
        }
        BodyHash body = examined.body(signature.bodyForm());
        if (signature.bodyLength() > body.length) {
            return result(DkimResult.Status.PERMERROR, signature, "l= is larger than the body");
        }
        if (signature.bodyLength() >= 0 && signature.bodyLength() < body.length) {
            return result(DkimResult.Status.FAIL, signature, "l= leaves a part of the body unsigned");
        }
        if (!MessageDigest.isEqual(body.hash, signature.bodyHash())) {
            return result(DkimResult.Status.FAIL, signature, "the body was changed");
        }
        return switch (resolver.txt(signature.keyName())) {
            case DnsAnswer.Unavailable<String> unavailable ->
                result(DkimResult.Status.TEMPERROR, signature, "the key cannot be looked up now");
            case DnsAnswer.NoSuchName<String> missing ->
                result(DkimResult.Status.PERMERROR, signature, "there is no key at " + signature.keyName());
            case DnsAnswer.NoData<String> missing ->
                result(DkimResult.Status.PERMERROR, signature, "there is no key at " + signature.keyName());
            case DnsAnswer.Found<String> found -> check(signature, field, examined, found.records());
        };
    }

    /** Several records are a mistake of the publisher; RFC 6376 §6.1.2 lets us try each. */
    private static DkimResult check(
            SignatureField.WellFormed signature, int field, Examined examined, List<String> records) {
        DkimResult last = result(DkimResult.Status.PERMERROR, signature, "there is no key");
        for (String record : records.subList(0, Math.min(records.size(), MOST_KEY_RECORDS))) {
            last = switch (KeyRecord.parse(record, signature.algorithm())) {
                case KeyRecord.Unusable(String reason) -> result(DkimResult.Status.PERMERROR, signature, reason);
                case KeyRecord.Usable key -> check(signature, field, examined, key);
            };
            if (last.passed()) {
                return last;
            }
        }
        return last;
    }

    private static DkimResult check(
            SignatureField.WellFormed signature, int field, Examined examined, KeyRecord.Usable record) {
        if (record.exactDomain() && !signature.identityDomain().equals(signature.domain())) {
            return result(DkimResult.Status.PERMERROR, signature, "the key does not allow subdomains in i=");
        }
        Octets data = examined.signedData(signature, field);
        boolean holds;
        try {
            Signature verification = switch (signature.algorithm()) {
                case RSA_SHA256 -> DkimCrypto.signature();
                case ED25519_SHA256 -> DkimCrypto.ed25519();
            };
            verification.initVerify(record.key());
            switch (signature.algorithm()) {
                case RSA_SHA256 -> verification.update(data.array(), 0, data.length());
                case ED25519_SHA256 -> {
                    // RFC 8463 §3: the signature is over the SHA-256 hash, not over the data.
                    MessageDigest digest = DkimCrypto.sha256();
                    digest.update(data.array(), 0, data.length());
                    verification.update(digest.digest());
                }
            }
            holds = verification.verify(signature.signature());
        } catch (SignatureException wrongForm) {
            holds = false;
        } catch (InvalidKeyException unusable) {
            return result(DkimResult.Status.PERMERROR, signature, "the key in the key record is malformed");
        }
        return holds
                ? result(DkimResult.Status.PASS, signature, "the signature holds")
                : result(DkimResult.Status.FAIL, signature, "the header or the signature was changed");
    }

    private static DkimResult result(DkimResult.Status status, SignatureField.WellFormed signature, String reason) {
        return new DkimResult(status, signature.domain(), signature.selector(), reason);
    }

    /** @param length in octets after canonicalization */
    private record BodyHash(byte[] hash, long length) {}

    /** A message with what several signatures share. */
    private static final class Examined {

        private final byte[] bytes;
        private final FieldIndex fields = new FieldIndex();
        private final Map<Canonicalization, BodyHash> bodies = new EnumMap<>(Canonicalization.class);

        Examined(byte[] bytes) {
            this.bytes = bytes;
            fields.read(bytes);
        }

        SignatureField signature(int field) {
            return SignatureField.parse(bytes, fields.start(field), fields.end(field));
        }

        BodyHash body(Canonicalization form) {
            return bodies.computeIfAbsent(form, wanted -> {
                MessageDigest digest = DkimCrypto.sha256();
                long length = wanted.hashBody(bytes, fields.bodyStart(), bytes.length, digest);
                return new BodyHash(digest.digest(), length);
            });
        }

        /** RFC 6376 §3.7: the listed fields from the bottom up, then the signature itself with an empty {@code b=}. */
        Octets signedData(SignatureField.WellFormed signature, int field) {
            Octets data = new Octets();
            Map<String, Integer> taken = new HashMap<>();
            for (String name : signature.names()) {
                int found = fields.lastNamed(bytes, name, taken.getOrDefault(name, fields.count()));
                taken.put(name, Math.max(found, 0));
                if (found >= 0) {
                    signature.headerForm().addField(bytes, fields.start(found), fields.end(found), data);
                    data.addAscii("\r\n");
                }
            }
            byte[] unsigned = withoutSignatureData(fields.start(field), fields.end(field));
            signature.headerForm().addField(unsigned, 0, unsigned.length, data);
            return data;
        }

        private byte[] withoutSignatureData(int from, int to) {
            Octets out = new Octets();
            int tagStart = from;
            while (bytes[tagStart] != ':') {
                tagStart++;
            }
            tagStart++;
            out.add(bytes, from, tagStart);
            while (tagStart < to) {
                int tagEnd = tagStart;
                int equals = -1;
                while (tagEnd < to && bytes[tagEnd] != ';') {
                    if (equals < 0 && bytes[tagEnd] == '=') {
                        equals = tagEnd;
                    }
                    tagEnd++;
                }
                boolean signatureData = equals >= 0
                        && new String(bytes, tagStart, equals - tagStart, StandardCharsets.ISO_8859_1)
                                .strip()
                                .equals("b");
                out.add(bytes, tagStart, signatureData ? equals + 1 : tagEnd);
                if (tagEnd < to) {
                    out.add((byte) ';');
                }
                tagStart = tagEnd + 1;
            }
            return out.toByteArray();
        }
    }
}
