package org.hongyan.server.secrets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts with AES-256-GCM under the master key. What comes out names the key that made it, so that old secrets stay
 * readable after a rotation. Safe for use by many threads.
 *
 * <p>Layout: version (1 byte), number of the key (4), nonce (12), ciphertext and tag.
 */
public final class Secrets {

    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEAD_BYTES = 1 + Integer.BYTES + NONCE_BYTES;

    private final MasterKeys keys;
    private final SecureRandom random;

    Secrets(MasterKeys keys, SecureRandom random) {
        this.keys = keys;
        this.random = random;
    }

    /**
     * Encrypts.
     *
     * @param purpose whose secret it is, such as {@code account.api-key AKID…}; it must be the same at decryption, so
     *     that a secret moved to another row of the database is refused
     * @param clear any length
     */
    public byte[] encrypt(String purpose, byte[] clear) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        int number = keys.currentNumber();
        SecretKey key = keys.key(number).orElseThrow();
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, purpose).doFinal(clear);
            return ByteBuffer.allocate(HEAD_BYTES + sealed.length)
                    .put(VERSION)
                    .putInt(number)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /** Encrypts a text as UTF-8. */
    public byte[] encryptText(String purpose, String clear) {
        return encrypt(purpose, clear.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Decrypts what {@link #encrypt} made.
     *
     * @throws MasterKeyUnusable when its key is not in the master key file
     * @throws IllegalStateException when it was changed or belongs to another purpose
     */
    public byte[] decrypt(String purpose, byte[] secret) {
        if (secret.length < HEAD_BYTES || secret[0] != VERSION) {
            throw new IllegalStateException("not a secret of ours: " + purpose);
        }
        ByteBuffer buffer = ByteBuffer.wrap(secret, 1, secret.length - 1);
        int number = buffer.getInt();
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        byte[] sealed = new byte[buffer.remaining()];
        buffer.get(sealed);
        SecretKey key = keys.key(number)
                .orElseThrow(() -> new MasterKeyUnusable("The master key file lacks key " + number + "."));
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, purpose).doFinal(sealed);
        } catch (AEADBadTagException e) {
            throw new IllegalStateException("a secret was changed or moved: " + purpose, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /** Decrypts what {@link #encryptText} made. */
    public String decryptText(String purpose, byte[] secret) {
        return new String(decrypt(purpose, secret), StandardCharsets.UTF_8);
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String purpose)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
