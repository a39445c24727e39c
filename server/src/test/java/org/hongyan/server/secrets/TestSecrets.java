package org.hongyan.server.secrets;

import java.security.SecureRandom;

/** Encryption under a key that lives as long as the test. */
public final class TestSecrets {

    private TestSecrets() {}

    public static Secrets fresh() {
        SecureRandom random = new SecureRandom();
        return new Secrets(MasterKeys.parse(MasterKeys.fresh(random), "test"), random);
    }
}
