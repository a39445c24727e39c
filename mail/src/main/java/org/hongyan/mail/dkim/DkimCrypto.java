package org.hongyan.mail.dkim;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where RSA and SHA-256 come from: Amazon Corretto Crypto Provider where its native part loads, the JDK otherwise. The
 * JDK's RSA signatures cost three times as much, which halves what a whole node can send; so callers show which it is.
 *
 * <p>Asked for once a process. Nothing is registered with {@link java.security.Security}: other users of the JDK's
 * cryptography (TLS above all) keep the providers that they are tested with.
 */
public final class DkimCrypto {

    private static final Choice CHOICE = choose();

    /** @param accelerated null for the JDK's own providers */
    private record Choice(
            @Nullable Provider accelerated, @Nullable String trouble) {}

    private DkimCrypto() {}

    /** Name of the provider in use, such as {@code AmazonCorrettoCryptoProvider 2.5} or {@code SunRsaSign 25}. */
    public static String provider() {
        Provider provider =
                CHOICE.accelerated != null ? CHOICE.accelerated : signature().getProvider();
        return provider.getName() + " " + provider.getVersionStr();
    }

    /** Whether the native provider is in use. */
    public static boolean isAccelerated() {
        return CHOICE.accelerated != null;
    }

    /** Why the native provider is not in use; empty when it is. */
    public static Optional<String> trouble() {
        return Optional.ofNullable(CHOICE.trouble);
    }

    static Signature signature() {
        return available(() -> CHOICE.accelerated == null
                ? Signature.getInstance("SHA256withRSA")
                : Signature.getInstance("SHA256withRSA", CHOICE.accelerated));
    }

    static MessageDigest sha256() {
        return available(() -> CHOICE.accelerated == null
                ? MessageDigest.getInstance("SHA-256")
                : MessageDigest.getInstance("SHA-256", CHOICE.accelerated));
    }

    static KeyFactory rsaKeys() {
        return available(() -> CHOICE.accelerated == null
                ? KeyFactory.getInstance("RSA")
                : KeyFactory.getInstance("RSA", CHOICE.accelerated));
    }

    static KeyPairGenerator rsaKeyPairs() {
        return available(() -> CHOICE.accelerated == null
                ? KeyPairGenerator.getInstance("RSA")
                : KeyPairGenerator.getInstance("RSA", CHOICE.accelerated));
    }

    /** Ed25519 is only verified, and rarely: the JDK's own is good enough. */
    static Signature ed25519() {
        return available(() -> Signature.getInstance("Ed25519"));
    }

    static KeyFactory ed25519Keys() {
        return available(() -> KeyFactory.getInstance("Ed25519"));
    }

    private interface Source<T> {
        T find() throws NoSuchAlgorithmException;
    }

    private static <T> T available(Source<T> source) {
        try {
            return source.find();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java runtime lacks an algorithm that every one must have", missing);
        }
    }

    private static Choice choose() {
        try {
            AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
            Throwable loadingError = provider.getLoadingError();
            if (loadingError != null) {
                return new Choice(null, String.valueOf(loadingError.getMessage()));
            }
            provider.assertHealthy();
            Signature.getInstance("SHA256withRSA", provider);
            return new Choice(provider, null);
        } catch (LinkageError | GeneralSecurityException | RuntimeException unusable) {
            // Whatever keeps the native part from working must not keep mail from being signed.
            return new Choice(null, String.valueOf(unusable.getMessage()));
        }
    }
}
