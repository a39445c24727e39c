package org.hongyan.server.settings;

/** A setting has an unknown name or an impossible value; the message is one sentence that names it. */
public final class SettingsInvalid extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SettingsInvalid(String message) {
        super(message);
    }
}
