package org.hongyan.server.secrets;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of the master key file, a line each: a number and 256 bits in Base64. The first encrypts; the others still
 * decrypt what was encrypted before the key was rotated. Rotating is putting a new line on top, on every node.
 */
final class MasterKeys {

    private static final int KEY_BYTES = 32;

    private final int current;
    private final Map<Integer, SecretKey> keys;

    private MasterKeys(int current, Map<Integer, SecretKey> keys) {
        this.current = current;
        this.keys = keys;
    }

    /** The text of a new file with one fresh key. */
    static String fresh(SecureRandom random) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        // A number that says when two files differ, so not simply 1.
        int number = random.nextInt(1, Integer.MAX_VALUE);
        return "# Hongyan's master key. Without it, what is encrypted in the database is lost: keep a copy elsewhere.\n"
                + number + " " + Base64.getEncoder().encodeToString(key) + "\n";
    }

    /**
     * Reads the text of a file.
     *
     * @param origin what to name in errors
     * @throws MasterKeyUnusable when a line is not understood
     */
    static MasterKeys parse(String text, String origin) {
        Map<Integer, SecretKey> keys = new LinkedHashMap<>();
        List<String> lines = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        for (String line : lines) {
            String[] parts = line.split("\\s+");
            try {
                byte[] key = Base64.getDecoder().decode(parts[parts.length - 1].getBytes(StandardCharsets.US_ASCII));
                if (parts.length != 2 || key.length != KEY_BYTES) {
                    throw new IllegalArgumentException("not a number and 32 bytes");
                }
                keys.put(Integer.valueOf(parts[0]), new SecretKeySpec(key, "AES"));
            } catch (IllegalArgumentException e) {
                throw new MasterKeyUnusable(
                        "The master key file " + origin
                                + " has a line that is not a number followed by 32 bytes in Base64.",
                        e);
            }
        }
        if (keys.isEmpty()) {
            throw new MasterKeyUnusable("The master key file " + origin + " has no key.");
        }
        return new MasterKeys(keys.keySet().iterator().next(), keys);
    }

    int currentNumber() {
        return current;
    }

    Optional<SecretKey> key(int number) {
        return Optional.ofNullable(keys.get(number));
    }
}
