package org.hongyan.mail.dkim;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A published key (RFC 6376 §3.6.1, RFC 8463 §3), or why a text is none that can be used. */
sealed interface KeyRecord {

    /** The algorithms of {@code a=} that are still safe (RFC 8301 took rsa-sha1 away). */
    enum Algorithm {
        RSA_SHA256("rsa-sha256", "rsa"),
        ED25519_SHA256("ed25519-sha256", "ed25519");

        private final String signatureName;
        private final String keyType;

        Algorithm(String signatureName, String keyType) {
            this.signatureName = signatureName;
            this.keyType = keyType;
        }

        static @Nullable Algorithm named(String text) {
            return Arrays.stream(values())
                    .filter(algorithm -> algorithm.signatureName.equalsIgnoreCase(text))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** @param exactDomain whether {@code i=} must be of the very domain of {@code d=}, flag {@code t=s} */
    record Usable(PublicKey key, boolean exactDomain) implements KeyRecord {}

    /** @param reason made of our words only */
    record Unusable(String reason) implements KeyRecord {}

    /** Fewer bits can be factored for pocket money (RFC 8301 §3.2). */
    int FEWEST_BITS = 1024;

    /** More bits only serve to keep a verifier busy. */
    int MOST_BITS = 8192;

    /** Reads the joined text of a TXT record for use with {@code algorithm}. */
    static KeyRecord parse(String text, Algorithm algorithm) {
        TagList tags = TagList.parse(text).orElse(null);
        if (tags == null) {
            return new Unusable("the key record is no list of tags");
        }
        String version = tags.value("v");
        if (version != null && (!version.equals("DKIM1") || !text.stripLeading().startsWith("v"))) {
            return new Unusable("the key record is of an unknown version");
        }
        if (!tags.valueOr("k", "rsa").equalsIgnoreCase(algorithm.keyType)) {
            return new Unusable("the key is of another type than the signature");
        }
        if (!lists(tags.valueOr("h", "sha256"), "sha256")) {
            return new Unusable("the key record does not allow sha256");
        }
        if (!lists(tags.valueOr("s", "*"), "*") && !lists(tags.valueOr("s", "*"), "email")) {
            return new Unusable("the key is not for mail");
        }
        String encoded = tags.dense("p");
        if (encoded == null) {
            return new Unusable("the key record has no key");
        }
        if (encoded.isEmpty()) {
            return new Unusable("the key was revoked");
        }
        return key(encoded, algorithm, lists(tags.valueOr("t", ""), "s"));
    }

    private static KeyRecord key(String encoded, Algorithm algorithm, boolean exactDomain) {
        try {
            byte[] der = Base64.getDecoder().decode(encoded);
            return switch (algorithm) {
                case RSA_SHA256 -> rsa(der, exactDomain);
                case ED25519_SHA256 -> ed25519(der, exactDomain);
            };
        } catch (IllegalArgumentException | InvalidKeySpecException malformed) {
            return new Unusable("the key in the key record is malformed");
        }
    }

    private static KeyRecord rsa(byte[] der, boolean exactDomain) throws InvalidKeySpecException {
        RSAPublicKey key;
        try {
            key = (RSAPublicKey) DkimCrypto.rsaKeys().generatePublic(new X509EncodedKeySpec(der));
        } catch (InvalidKeySpecException perhapsBare) {
            // RFC 6376 §3.6.1 speaks of a bare RSAPublicKey; what everybody publishes is a SubjectPublicKeyInfo.
            key = (RSAPublicKey) DkimCrypto.rsaKeys().generatePublic(new X509EncodedKeySpec(wrappedRsa(der)));
        }
        BigInteger modulus = key.getModulus();
        if (modulus.bitLength() < FEWEST_BITS) {
            return new Unusable("the key has fewer than 1024 bits");
        }
        if (modulus.bitLength() > MOST_BITS) {
            return new Unusable("the key has more than 8192 bits");
        }
        return new Usable(key, exactDomain);
    }

    private static KeyRecord ed25519(byte[] raw, boolean exactDomain) throws InvalidKeySpecException {
        if (raw.length != 32) {
            return new Unusable("the key in the key record is malformed");
        }
        ByteArrayOutputStream info = new ByteArrayOutputStream();
        info.writeBytes(HexFormat.of().parseHex("302a300506032b6570032100"));
        info.writeBytes(raw);
        return new Usable(
                DkimCrypto.ed25519Keys().generatePublic(new X509EncodedKeySpec(info.toByteArray())), exactDomain);
    }

    /** RSAPublicKey as SubjectPublicKeyInfo. */
    private static byte[] wrappedRsa(byte[] bare) {
        byte[] algorithm = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
        ByteArrayOutputStream bits = new ByteArrayOutputStream();
        bits.write(0);
        bits.writeBytes(bare);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(algorithm);
        writeDer(0x03, bits.toByteArray(), content);
        ByteArrayOutputStream info = new ByteArrayOutputStream();
        writeDer(0x30, content.toByteArray(), info);
        return info.toByteArray();
    }

    private static void writeDer(int tag, byte[] content, ByteArrayOutputStream out) {
        out.write(tag);
        if (content.length < 128) {
            out.write(content.length);
        } else {
            byte[] length = BigInteger.valueOf(content.length).toByteArray();
            int skip = length[0] == 0 ? 1 : 0;
            out.write(0x80 | length.length - skip);
            out.write(length, skip, length.length - skip);
        }
        out.writeBytes(content);
    }

    private static boolean lists(String colonSeparated, String item) {
        return Arrays.stream(colonSeparated.split(":"))
                .anyMatch(part -> part.strip().equalsIgnoreCase(item));
    }
}
