package org.hongyan.server.console;

import org.springframework.stereotype.Component;

/** Whether this service runs in its pretend internet, and with it the pages of the sandbox. */
@Component
final class Sandboxed {

    boolean on() {
        return false;
    }
}
