package org.hongyan.mail.relay;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.dns.DnsAnswer;
import org.hongyan.mail.dns.DnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that one attempt tries, in order, each host resolved only when its turn comes (RFC 5321 §5.1). Addresses
 * are bounded in number, and one host with a hundred of them does not use up the turn of the next.
 */
final class HostWalk {

    /** One address to try. */
    record Candidate(Destination.Target target, InetAddress address) {}

    /** Why a host gave no address. */
    record Obstacle(Failure failure, Destination.Target target) {}

    private final DnsResolver dns;
    private final AddressGuard guard;
    private final SourcePool.Source source;
    private final boolean routed;
    private final Deque<Destination.Target> targets;
    private final Deque<Candidate> candidates = new ArrayDeque<>();
    private int left;
    private @Nullable Candidate last;
    private @Nullable Obstacle obstacle;

    HostWalk(Destination destination, SourcePool.Source source, DnsResolver dns, AddressGuard guard, int addresses) {
        this.dns = dns;
        this.guard = guard;
        this.source = source;
        this.routed = destination.routed();
        this.targets = new ArrayDeque<>(destination.targets());
        this.left = addresses;
    }

    /** The next address; null when there is none left. */
    @Nullable
    Candidate next() {
        while (candidates.isEmpty() && left > 0 && !targets.isEmpty()) {
            resolve(targets.removeFirst());
        }
        Candidate next = left > 0 ? candidates.pollFirst() : null;
        if (next != null) {
            left--;
            last = next;
        }
        return next;
    }

    /** Offers the last address once more, when it failed for a reason that will not come again. */
    void again() {
        if (last != null) {
            candidates.addFirst(last);
            left++;
        }
    }

    boolean hasMore() {
        return left > 0 && (!candidates.isEmpty() || !targets.isEmpty());
    }

    /** The last host that gave no address, if any. */
    @Nullable
    Obstacle obstacle() {
        return obstacle;
    }

    private void resolve(Destination.Target target) {
        switch (addressesOf(target.host())) {
            case DnsAnswer.Found<InetAddress> found -> offer(target, found.records());
            case DnsAnswer.Unavailable<InetAddress>(String reason) ->
                note(
                        new Failure.DnsUnavailable("the address of " + target.host() + " is not known: " + reason),
                        target);
            case DnsAnswer.NoData<InetAddress> noData -> note(new Failure.HostWithoutAddress(target.host()), target);
            case DnsAnswer.NoSuchName<InetAddress> noName ->
                note(new Failure.HostWithoutAddress(target.host()), target);
        }
    }

    private DnsAnswer<InetAddress> addressesOf(String host) {
        boolean literal = host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
        if (!literal || !routed) {
            return dns.addresses(new DomainName(host));
        }
        try {
            return new DnsAnswer.Found<>(List.of(InetAddress.getByName(host)), java.time.Duration.ofDays(1), false);
        } catch (UnknownHostException malformed) {
            return new DnsAnswer.NoSuchName<>();
        }
    }

    private void offer(Destination.Target target, List<InetAddress> addresses) {
        List<InetAddress> ipv4 = new ArrayList<>();
        List<InetAddress> ipv6 = new ArrayList<>();
        Failure refusal = new Failure.NoCommonFamily(target.host());
        for (InetAddress address : addresses) {
            if (!source.speaks(address)) {
                continue;
            }
            switch (routed ? new AddressGuard.Verdict.Allowed() : guard.judge(address)) {
                case AddressGuard.Verdict.Allowed() -> (address instanceof Inet4Address ? ipv4 : ipv6).add(address);
                case AddressGuard.Verdict.Ourselves() ->
                    refusal = new Failure.Ourselves(target.host(), address.getHostAddress());
                case AddressGuard.Verdict.Refused(String range) ->
                    refusal = new Failure.ForbiddenAddress(target.host(), address.getHostAddress(), range);
            }
        }
        if (ipv4.isEmpty() && ipv6.isEmpty()) {
            note(refusal, target);
            return;
        }
        Collections.shuffle(ipv4, RandomGenerator.getDefault());
        Collections.shuffle(ipv6, RandomGenerator.getDefault());
        List<InetAddress> ordered = new ArrayList<>(ipv4);
        ordered.addAll(ipv6);
        // One address stays for the next host, so that at least two hosts are tried.
        int share = targets.isEmpty() ? left : Math.max(1, left - Math.max(1, left / 2 - 1));
        for (InetAddress address : ordered.subList(0, Math.min(ordered.size(), share))) {
            candidates.addLast(new Candidate(target, address));
        }
    }

    private void note(Failure failure, Destination.Target target) {
        obstacle = new Obstacle(failure, target);
    }
}
