package org.hongyan.sandbox;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.hongyan.sandbox.dns.OperatorNames;
import org.hongyan.sandbox.provider.OperatorDoors;

/**
 * What a sandbox needs to know before it starts.
 *
 * @param folder where published records, behaviours and the inbox are kept; made where it is missing
 * @param ports where it listens
 * @param names the operator's host names, which the pretend DNS then knows
 * @param doors where the service listens; may be told later by {@link Sandbox#operatorAt}
 * @param mostMails how many mails the inbox keeps
 */
public record SandboxSettings(Path folder, Ports ports, OperatorNames names, OperatorDoors doors, int mostMails) {

    /** How many mails an inbox keeps when nothing else is said. */
    public static final int DEFAULT_MOST_MAILS = 10_000;

    /**
     * Where a sandbox listens.
     *
     * @param dns UDP and TCP; port 0 takes any that is free for both
     * @param smtp receiving mail servers; port 0 takes any
     * @param startTls whether they offer STARTTLS
     */
    public record Ports(InetSocketAddress dns, InetSocketAddress smtp, boolean startTls) {}

    /** The defaults of {@code bin/hongyan sandbox}: DNS on 5354, receiving servers on 2526, bounces to 2525, web 8080. */
    public static SandboxSettings in(Path folder) {
        return new SandboxSettings(
                folder,
                new Ports(loopback(5354), loopback(2526), true),
                OperatorNames.defaults(),
                new OperatorDoors(loopback(2525), loopback(8080)),
                DEFAULT_MOST_MAILS);
    }

    /** The same on any free ports, as tests want it. */
    public SandboxSettings onFreePorts() {
        return with(new Ports(loopback(0), loopback(0), ports.startTls()));
    }

    /** The same on other ports. */
    public SandboxSettings with(Ports other) {
        return new SandboxSettings(folder, other, names, doors, mostMails);
    }

    /** The same with other operator names. */
    public SandboxSettings with(OperatorNames other) {
        return new SandboxSettings(folder, ports, other, doors, mostMails);
    }

    /** The same with other ports of the service. */
    public SandboxSettings with(OperatorDoors other) {
        return new SandboxSettings(folder, ports, names, other, mostMails);
    }

    /** The same with another bound of the inbox. */
    public SandboxSettings keeping(int mails) {
        return new SandboxSettings(folder, ports, names, doors, mails);
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
