package org.hongyan.server.launch;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hongyan.server.settings.SettingsCatalogue;
import org.springframework.core.env.Environment;

/**
 * The ports of the service, looked at before anything is started: a taken one is named at once, with the way to choose
 * another, and not after the database is up. Port 0 becomes one that is free, so that settings which repeat a port agree.
 */
final class Ports {

    private record Port(String setting, String door, String flag, boolean udp, boolean sandboxOnly) {}

    private static final List<Port> ALL = List.of(
            new Port("web.port", "console and API", "--http", false, false),
            new Port("smtp.submission-port", "mail submission", "--smtp", false, false),
            new Port("smtp.submissions-port", "mail submission with TLS", "--smtps", false, false),
            new Port("feedback.port", "delivery reports", "--bounce", false, false),
            new Port("sandbox.dns-port", "the sandbox's DNS", "--dns", true, true),
            new Port("sandbox.smtp-port", "the sandbox's mail servers", "--set sandbox.smtp-port=…", false, true));

    private Ports() {}

    /**
     * Looks at all ports.
     *
     * @param anyPorts whether to take free ones in place of all that are given
     * @return settings to put before the given ones
     * @throws PortInUse for the first that is taken
     */
    static Map<String, Object> settle(
            Command.Mode mode, boolean anyPorts, SettingsCatalogue catalogue, Environment environment) {
        Map<String, Object> chosen = new HashMap<>();
        for (Port port : ALL) {
            if (port.sandboxOnly() && mode != Command.Mode.SANDBOX) {
                continue;
            }
            catalogue.settings().stream()
                    .filter(setting -> setting.name().equals(port.setting()))
                    .findFirst()
                    .ifPresent(setting -> {
                        String name = "hongyan." + setting.name();
                        int number = Integer.parseInt(environment.getProperty(name, setting.defaultText()));
                        if (number == 0 || anyPorts) {
                            chosen.put(name, free(port.udp()));
                        } else {
                            requireFree(port, number);
                        }
                    });
        }
        return chosen;
    }

    private static void requireFree(Port port, int number) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), number);
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            if (port.udp()) {
                new DatagramSocket(address).close();
            }
        } catch (IOException e) {
            throw new PortInUse(port.door(), number, port.flag(), e);
        }
    }

    private static int free(boolean udp) {
        for (int tries = 0; tries < 100; tries++) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (udp) {
                    new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort()))
                            .close();
                }
                return socket.getLocalPort();
            } catch (IOException e) {
                // The same number is taken for UDP: the next one will do.
            }
        }
        throw new IllegalStateException("no port is free on this machine");
    }
}
