package org.hongyan.server.suppression;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.event.MessageId;
import org.hongyan.server.event.RecipientRef;

/**
 * Makes and reads the tokens of unsubscribe links. A token says itself whom it unsubscribes from what, so that links
 * work for years, long after the history of the mail is gone; the signature is made with a key of the account.
 * Thread-safe.
 */
final class UnsubscribeTokens {

    private static final int SIGNATURE_OCTETS = 16;
    private static final int LONGEST = 1000;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final SecretKeySpec key;

    UnsubscribeTokens(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /** What a token says. */
    record Claim(RecipientRef of, DomainName domain, EmailAddress address) {}

    String sign(Claim claim) {
        byte[] text = String.join(
                        "\n",
                        claim.of().account().toString(),
                        claim.domain().ascii(),
                        claim.of().messageId().text(),
                        Integer.toString(claim.of().ordinal()),
                        claim.address().toString())
                .getBytes(StandardCharsets.UTF_8);
        return ENCODER.encodeToString(text) + "."
                + ENCODER.encodeToString(signature(claim.of().account(), text));
    }

    /** Empty for anything that we have not signed. */
    Optional<Claim> read(String token) {
        int dot = token.indexOf('.');
        if (dot < 0 || token.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            byte[] text = DECODER.decode(token.substring(0, dot));
            byte[] signature = DECODER.decode(token.substring(dot + 1));
            String[] parts = new String(text, StandardCharsets.UTF_8).split("\n", -1);
            if (parts.length != 5) {
                return Optional.empty();
            }
            AccountId account = new AccountId(Long.parseLong(parts[0]));
            if (!MessageDigest.isEqual(signature, signature(account, text))) {
                return Optional.empty();
            }
            EmailAddress address = EmailAddress.parse(parts[4]);
            RecipientRef of =
                    new RecipientRef(account, new MessageId(parts[2]), Integer.parseInt(parts[3]), address.toString());
            return Optional.of(new Claim(of, DomainName.parse(parts[1]), address));
        } catch (IllegalArgumentException forged) {
            return Optional.empty();
        }
    }

    private byte[] signature(AccountId account, byte[] text) {
        byte[] accountKey = mac(key, ("unsubscribe " + account).getBytes(StandardCharsets.UTF_8));
        return Arrays.copyOf(mac(new SecretKeySpec(accountKey, "HmacSHA256"), text), SIGNATURE_OCTETS);
    }

    private static byte[] mac(SecretKeySpec key, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HmacSHA256", impossible);
        }
    }
}
