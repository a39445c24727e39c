package org.hongyan.server.launch;

/** Something to say on the terminal once the service runs; printed as it is, so it ends with a line feed. */
public interface Greeting {

    /** The lines to print; empty for none. Called once, when everything is started. */
    String text();
}
