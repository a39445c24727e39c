package org.hongyan.server.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Optional;
import org.hongyan.server.store.DataFolder;
import tools.jackson.databind.json.JsonMapper;

/**
 * The passwords of the sandbox's people, which {@code sandbox.json} shows again at every start while the database keeps
 * only their hashes.
 *
 * @param account number of the first account; 0 before it was made
 * @param secretId the first API key; empty before it was made
 */
record Credentials(String operatorPassword, String memberPassword, String smtpPassword, long account, String secretId) {

    private static final String FILE = "sandbox-credentials.json";
    private static final JsonMapper JSON = new JsonMapper();
    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    /** Those kept in the folder, or fresh ones. */
    static Credentials in(DataFolder folder) {
        return read(folder).orElseGet(() -> {
            Credentials fresh = new Credentials(password(), password(), password(), 0, "");
            fresh.keep(folder);
            return fresh;
        });
    }

    private static Optional<Credentials> read(DataFolder folder) {
        if (!Files.exists(folder.resolve(FILE))) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readString(folder.resolve(FILE)), Credentials.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void keep(DataFolder folder) {
        folder.writePrivate(FILE, JSON.writeValueAsString(this));
    }

    Credentials with(long firstAccount, String firstSecretId) {
        return new Credentials(operatorPassword, memberPassword, smtpPassword, firstAccount, firstSecretId);
    }

    /** Sixteen letters and digits with at least two digits, small and capital letters, as SMTP passwords must have. */
    private static String password() {
        SecureRandom random = new SecureRandom();
        StringBuilder text =
                new StringBuilder("Hy").append(random.nextInt(10, 100)).append("Ya");
        while (text.length() < 16) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "Credentials[account " + account + "]";
    }
}
