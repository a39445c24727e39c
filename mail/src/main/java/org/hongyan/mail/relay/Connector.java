package org.hongyan.mail.relay;

import java.util.Optional;
import org.hongyan.mail.dns.DnsResolver;
import org.hongyan.mail.relay.DeliveryOutcome.Attempt;
import org.hongyan.mail.shaping.Limits;
import org.hongyan.mail.smtp.SmtpClient;
import org.hongyan.mail.smtp.SmtpConnection;
import org.hongyan.mail.smtp.SmtpFailure;
import org.hongyan.mail.smtp.TlsPolicy;
import org.jspecify.annotations.Nullable;

/** Finds a connection to one destination from one source: a kept one, or a fresh one to the first host that answers. */
final class Connector {

    /** What all connectors of a relay share. */
    record Equipment(
            RelaySettings settings,
            DnsResolver dns,
            SmtpClient client,
            ConnectionCache cache,
            FailureRules rules,
            HostHabits habits) {}

    /** A connection, or the reason why there is none. */
    sealed interface Found {
        record Linked(Link link) implements Found {}

        /**
         * No host is left.
         *
         * @param reached whether some host was spoken to, so that the provider is not dead
         */
        record Nowhere(DeliveryOutcome outcome, boolean reached) implements Found {}
    }

    private final Equipment equipment;
    private final Destination destination;
    private final SourcePool.Source source;

    Connector(Equipment equipment, Destination destination, SourcePool.Source source) {
        this.equipment = equipment;
        this.destination = destination;
        this.source = source;
    }

    Search search() {
        return new Search();
    }

    /** Keeps the connection for the next turn, or ends it when it has carried its share. */
    void release(Link link, Limits limits) {
        SmtpConnection connection = link.connection();
        if (!connection.isOpen()) {
            return;
        }
        if (connection.transactions() >= limits.mailsPerConnection()) {
            ConnectionCache.sayGoodBye(connection);
        } else {
            equipment.cache().give(keyOf(link.target()), connection, limits.connections());
        }
    }

    /** The outcome of a failure after which no other host is tried. */
    DeliveryOutcome outcome(Failure failure, Destination.Target target, Attempt attempt) {
        return switch (equipment.rules().judge(failure, target.host(), target.tls(), true)) {
            case Verdict.Bounce(var status) -> new DeliveryOutcome.Bounced(status, attempt);
            case Verdict.Defer(var status) -> new DeliveryOutcome.Deferred(status, attempt);
            case Verdict.NextHost nextHost -> throw new IllegalStateException("no host is after the last");
            case Verdict.RetryInClear retryInClear -> new DeliveryOutcome.Deferred(FailureRules.NO_SECURITY, attempt);
        };
    }

    private ConnectionCache.Key keyOf(Destination.Target target) {
        return new ConnectionCache.Key(source.name(), target.host(), target.port(), target.tls());
    }

    /** The search of one mail: kept connections first, then the walk over the addresses. */
    final class Search {

        private final HostWalk walk = new HostWalk(
                destination,
                source,
                equipment.dns(),
                equipment.settings().guard(),
                equipment.settings().limits().addressesPerAttempt());
        private boolean keptAllowed = true;
        private @Nullable Failure lastFailure;
        private Destination.@Nullable Target lastTarget;
        private @Nullable Attempt lastAttempt;
        private boolean reached;

        /** From now on no kept connection: one of them turned out to be dead. */
        void freshOnly() {
            keptAllowed = false;
        }

        /** Tries the host of {@code link} once more. */
        void repeat(Link link) {
            if (!link.served() || !keptAllowed) {
                walk.again();
            }
            keptAllowed = false;
        }

        boolean hasMore() {
            return walk.hasMore();
        }

        void note(Failure failure, Link link) {
            reached = true;
            note(failure, link.target(), link.attempt(failure.reason(), isSaid(failure)));
        }

        Found next() {
            if (keptAllowed) {
                Optional<Link> kept = kept();
                if (kept.isPresent()) {
                    return new Found.Linked(kept.get());
                }
            }
            for (HostWalk.Candidate candidate = walk.next(); candidate != null; candidate = walk.next()) {
                Optional<Link> fresh = open(candidate);
                if (fresh.isPresent()) {
                    return new Found.Linked(fresh.get());
                }
            }
            return nowhere();
        }

        private Optional<Link> kept() {
            int best = destination.targets().getFirst().preference();
            for (Destination.Target target : destination.targets()) {
                if (target.preference() != best) {
                    break;
                }
                Optional<SmtpConnection> connection = equipment.cache().take(keyOf(target));
                if (connection.isPresent()) {
                    return connection.map(kept -> new Link(kept, target, true));
                }
            }
            return Optional.empty();
        }

        private Optional<Link> open(HostWalk.Candidate candidate) {
            Destination.Target target = candidate.target();
            boolean clear = target.tls() instanceof TlsPolicy.Opportunistic
                    && equipment.habits().has(target.host(), HostHabits.Habit.BROKEN_TLS);
            TlsPolicy policy = clear ? new TlsPolicy.Clear() : target.tls();
            SmtpClient.Opening opening = open(candidate, policy);
            if (opening instanceof SmtpClient.Opening.Failed(SmtpFailure failure)) {
                Verdict verdict = equipment
                        .rules()
                        .judge(new Failure.Conversation(failure), target.host(), policy, !walk.hasMore());
                if (verdict instanceof Verdict.RetryInClear) {
                    equipment.habits().note(target.host(), HostHabits.Habit.BROKEN_TLS);
                    opening = open(candidate, new TlsPolicy.Clear());
                }
            }
            return switch (opening) {
                case SmtpClient.Opening.Opened(SmtpConnection connection) ->
                    Optional.of(new Link(connection, target, false));
                case SmtpClient.Opening.Failed(SmtpFailure failure) -> {
                    Failure met = new Failure.Conversation(failure);
                    note(
                            met,
                            target,
                            new Attempt(
                                    target.host(),
                                    candidate.address().getHostAddress(),
                                    null,
                                    met.reason(),
                                    isSaid(met)));
                    yield Optional.empty();
                }
            };
        }

        private SmtpClient.Opening open(HostWalk.Candidate candidate, TlsPolicy policy) {
            Destination.Target target = candidate.target();
            return equipment
                    .client()
                    .open(
                            new SmtpClient.Peer(target.host(), candidate.address(), target.port()),
                            source.localAddressFor(candidate.address()),
                            source.heloName(),
                            policy,
                            !equipment.habits().has(target.host(), HostHabits.Habit.LOSES_PIPELINED));
        }

        /** What a host said outweighs that another was silent. */
        private void note(Failure failure, Destination.Target target, Attempt attempt) {
            if (lastAttempt == null || !lastAttempt.replied() || attempt.replied()) {
                lastFailure = failure;
                lastTarget = target;
                lastAttempt = attempt;
            }
        }

        private Found nowhere() {
            HostWalk.Obstacle obstacle = walk.obstacle();
            if (lastFailure != null && lastTarget != null && lastAttempt != null) {
                return new Found.Nowhere(outcome(lastFailure, lastTarget, lastAttempt), reached);
            }
            if (obstacle == null) {
                throw new IllegalStateException("a destination has at least one host");
            }
            Attempt attempt = new Attempt(
                    obstacle.target().host(), null, null, obstacle.failure().reason(), false);
            // That nobody was asked says nothing about the provider's state.
            return new Found.Nowhere(outcome(obstacle.failure(), obstacle.target(), attempt), true);
        }

        private static boolean isSaid(Failure failure) {
            return failure instanceof Failure.Conversation(SmtpFailure said) && said instanceof SmtpFailure.Rejected;
        }
    }
}
