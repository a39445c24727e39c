package org.hongyan.server.console;

import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/** Whether this service runs in its pretend internet, and with it the pages of the sandbox. */
@Component
final class Sandboxed {

    private final boolean on;

    Sandboxed(Environment environment) {
        this.on = environment.acceptsProfiles(Profiles.of("sandbox"));
    }

    boolean on() {
        return on;
    }
}
