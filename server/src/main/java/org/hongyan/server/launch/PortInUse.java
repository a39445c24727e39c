package org.hongyan.server.launch;

/** A door finds its port taken by another program. */
public final class PortInUse extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says so.
     *
     * @param door what would listen there, such as "mail submission"
     * @param flag how to choose another, such as {@code --smtp}
     */
    public PortInUse(String door, int port, String flag, Throwable cause) {
        super("Port " + port + " is in use: choose another for " + door + " with " + flag + ".", cause);
    }
}
