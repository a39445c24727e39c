package org.hongyan.server.queue;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What this process is called in {@code queue_shard}, for people who look at the table. */
final class NodeName {

    private NodeName() {}

    static String own() {
        return host() + "/" + ProcessHandle.current().pid();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }
}
