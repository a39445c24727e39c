package org.hongyan.server.settings;

/**
 * One row of the table of settings.
 *
 * @param name without {@code hongyan.}, as given to {@code --set}, such as {@code store.connections}
 * @param type what a value looks like, in plain words
 * @param defaultText the value when none is given; empty for none
 * @param meaning what it is for
 */
public record Setting(String name, String type, String defaultText, String meaning) {

    /** Whether its value must not be shown, not even to the operator. */
    public boolean isSecret() {
        return name.endsWith("password") || name.endsWith("secret");
    }
}
