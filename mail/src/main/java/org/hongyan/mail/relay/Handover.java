package org.hongyan.mail.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hongyan.mail.relay.DeliveryOutcome.Attempt;
import org.hongyan.mail.shaping.Permit;
import org.hongyan.mail.smtp.Capabilities;
import org.hongyan.mail.smtp.Content;
import org.hongyan.mail.smtp.Reply;
import org.hongyan.mail.smtp.SmtpConnection;
import org.hongyan.mail.smtp.SmtpFailure;
import org.hongyan.mail.smtp.Stage;
import org.jspecify.annotations.Nullable;

/**
 * One turn: mails one after another over one connection, which is replaced when it breaks. The heart of the relay.
 *
 * <p>While the host works on one mail, the commands of the next have already been written behind its content and the
 * next is being signed. Whatever goes wrong, each mail ends with one outcome for each recipient:
 *
 * <ul>
 *   <li>A connection that served before and breaks before it took anything of this mail was merely idle too long: the
 *       mail goes over a fresh one, and the attempt is not used up.
 *   <li>A host that cannot be used gives way to the next address of the walk.
 *   <li>Once content was on its way, only the reply counts; without one the mail is deferred, never sent to a second
 *       host in the same attempt.
 * </ul>
 */
final class Handover {

    private final Connector connector;
    private final FailureRules rules;
    private final HostHabits habits;
    private final Permit permit;
    private final MailSource mails;
    private @Nullable Link link;
    private @Nullable Job announced;
    private boolean dry;

    Handover(Connector connector, FailureRules rules, HostHabits habits, Permit permit, MailSource mails) {
        this.connector = connector;
        this.rules = rules;
        this.habits = habits;
        this.permit = permit;
        this.mails = mails;
    }

    void run() {
        boolean done = false;
        try {
            Job job = pull();
            while (job != null) {
                Job next = handOver(job);
                mails.settled(job.mail(), job.outcomes());
                job = next != null ? next : link != null ? pullAnother() : null;
            }
            done = true;
        } finally {
            Link last = link;
            if (last != null && done) {
                connector.release(last, permit.limits());
            } else if (last != null) {
                last.connection().close();
            }
        }
    }

    private @Nullable Job pull() {
        Job pulled = mails.next().map(Job::new).orElse(null);
        dry = pulled == null;
        return pulled;
    }

    /** The next mail on this turn, if the pace allows one. */
    private @Nullable Job pullAnother() {
        if (dry || !permit.next()) {
            return null;
        }
        Job pulled = pull();
        if (pulled == null) {
            permit.unused();
        }
        return pulled;
    }

    /** Brings one mail to its outcomes; gives back the mail that was announced meanwhile, if any. */
    private @Nullable Job handOver(Job job) {
        Connector.Search search = connector.search();
        boolean pipeliningDoubted = false;
        Job next = null;
        while (job.isOpen()) {
            Link current = usable();
            if (current == null) {
                current = connect(job, search);
                if (current == null) {
                    return null;
                }
            }
            Content content = admit(job, current);
            if (content == null) {
                break;
            }
            boolean wasAnnounced = job.equals(announced);
            announced = null;
            switch (current.connection().begin(job.transaction())) {
                case SmtpConnection.Begun.Ready(List<Optional<SmtpFailure>> refusals) ->
                    next = transfer(job, content, refusals, current);
                case SmtpConnection.Begun.Refused(List<SmtpFailure> failures) ->
                    refused(job, failures, current, search);
                case SmtpConnection.Begun.Lost(SmtpFailure failure) -> {
                    link = null;
                    if (!pipeliningDoubted && doubtPipelining(current, failure)) {
                        pipeliningDoubted = true;
                        search.repeat(current);
                    } else if (current.served()) {
                        if (wasAnnounced
                                && failure instanceof SmtpFailure.Broken(Stage stage, String r, boolean late)
                                && !late) {
                            habits.note(current.target().host(), HostHabits.Habit.CLOSES_AFTER_MAIL);
                        }
                        search.freshOnly();
                    } else {
                        lost(job, new Failure.Conversation(failure), current, search);
                    }
                }
            }
        }
        return next;
    }

    /** The link at hand, if another mail may go over it. */
    private @Nullable Link usable() {
        Link current = link;
        if (current == null) {
            return null;
        }
        if (!current.connection().isOpen()) {
            link = null;
            return null;
        }
        boolean spent = announced == null
                && current.connection().transactions() >= permit.limits().mailsPerConnection();
        if (spent) {
            ConnectionCache.sayGoodBye(current.connection());
            link = null;
            return null;
        }
        return current;
    }

    private @Nullable Link connect(Job job, Connector.Search search) {
        announced = null;
        return switch (search.next()) {
            case Connector.Found.Linked(Link found) -> {
                link = found;
                yield found;
            }
            case Connector.Found.Nowhere(DeliveryOutcome outcome, boolean reached) -> {
                if (!reached) {
                    permit.unreachable();
                }
                job.settleAll(outcome);
                yield null;
            }
        };
    }

    /** Takes out what this host cannot take. Null when nothing is left to say to it. */
    private @Nullable Content admit(Job job, Link current) {
        Capabilities peer = current.connection().capabilities();
        String host = current.target().host();
        job.envelopeObstacle(peer, host).ifPresent(obstacle -> job.settleAll(outcome(obstacle, current)));
        for (int recipient : job.unspeakable(peer)) {
            job.settle(recipient, outcome(new Failure.NoSmtpUtf8(host), current));
        }
        Content content = job.isOpen() ? job.prepare(peer) : null;
        if (content != null) {
            Job.contentObstacle(content, peer, host).ifPresent(obstacle -> job.settleAll(outcome(obstacle, current)));
        }
        if (job.isOpen()) {
            return content;
        }
        if (job.equals(announced)) {
            // Its commands are with the server already, and nothing but the end of the connection takes them back.
            current.connection().close();
            announced = null;
            link = null;
        }
        return null;
    }

    /** Content of this mail and commands of the next in one write; the next is signed while the host answers. */
    private @Nullable Job transfer(Job job, Content content, List<Optional<SmtpFailure>> refusals, Link current) {
        SmtpConnection connection = current.connection();
        List<Integer> told = job.open();
        List<Integer> accepted = new ArrayList<>(told.size());
        List<Integer> tooMany = new ArrayList<>(0);
        for (int i = 0; i < told.size(); i++) {
            int recipient = told.get(i);
            Optional<SmtpFailure> refusal = refusals.get(i);
            if (refusal.isEmpty()) {
                accepted.add(recipient);
            } else if (isTooManyRecipients(refusal.get())) {
                tooMany.add(recipient);
            } else {
                learnFrom(refusal.get());
                job.settle(recipient, outcome(new Failure.Conversation(refusal.get()), current));
            }
        }
        Job next = tooMany.isEmpty() && mayAnnounce(current) ? pullAnother() : null;
        if (next != null && isSpeakable(next, current) && connection.mayAnnounce(next.transaction())) {
            announced = next;
            connection.write(content, next.transaction());
        } else {
            connection.write(content, null);
        }
        RuntimeException failedPreparation = announced == null || next == null ? null : prepareAhead(next, current);
        SmtpConnection.Ended ended = connection.end();
        current.used();
        switch (ended) {
            case SmtpConnection.Ended.Accepted(Reply reply) -> {
                permit.went();
                Attempt attempt = current.attempt(reply.toString(), true);
                for (int recipient : accepted) {
                    job.settle(recipient, new DeliveryOutcome.Delivered(attempt));
                }
                // The rest goes in a transaction of its own: it was only the number that the host minded.
            }
            case SmtpConnection.Ended.Failed(SmtpFailure failure) -> {
                learnFrom(failure);
                DeliveryOutcome outcome = outcome(new Failure.Conversation(failure), current);
                accepted.forEach(recipient -> job.settle(recipient, outcome));
                for (int i = 0; i < told.size(); i++) {
                    if (tooMany.contains(told.get(i))) {
                        job.settle(
                                told.get(i),
                                outcome(new Failure.Conversation(refusals.get(i).orElseThrow()), current));
                    }
                }
            }
        }
        if (failedPreparation != null) {
            mails.settled(job.mail(), job.outcomes());
            throw failedPreparation;
        }
        return next;
    }

    private boolean mayAnnounce(Link current) {
        return current.connection().capabilities().pipelining()
                && current.connection().transactions() < permit.limits().mailsPerConnection()
                && !habits.has(current.target().host(), HostHabits.Habit.CLOSES_AFTER_MAIL);
    }

    private static boolean isSpeakable(Job next, Link current) {
        Capabilities peer = current.connection().capabilities();
        return next.envelopeObstacle(peer, current.target().host()).isEmpty()
                && next.unspeakable(peer).isEmpty();
    }

    private static @Nullable RuntimeException prepareAhead(Job next, Link current) {
        try {
            next.transaction();
            next.prepareKeepingTransaction(current.connection().capabilities());
            return null;
        } catch (RuntimeException broken) {
            return broken;
        }
    }

    private void refused(Job job, List<SmtpFailure> failures, Link current, Connector.Search search) {
        boolean farewell = failures.stream().allMatch(Handover::isFarewell);
        if (farewell) {
            link = null;
            if (current.served()) {
                // "Too many mails on this connection" and the like: not a word about this mail.
                search.freshOnly();
                return;
            }
            permit.pushedBack();
            lost(job, new Failure.Conversation(failures.getFirst()), current, search);
            return;
        }
        current.used();
        List<Integer> told = job.open();
        boolean pushedBack = false;
        for (int i = 0; i < told.size(); i++) {
            pushedBack |= Congestion.isPushBack(failures.get(i));
            job.settle(told.get(i), outcome(new Failure.Conversation(failures.get(i)), current));
        }
        if (pushedBack) {
            permit.pushedBack();
        } else {
            permit.went();
        }
    }

    /** A fresh connection was of no use: the next host, or the end. */
    private void lost(Job job, Failure failure, Link current, Connector.Search search) {
        Verdict verdict =
                rules.judge(failure, current.target().host(), current.target().tls(), !search.hasMore());
        if (verdict instanceof Verdict.NextHost) {
            search.note(failure, current);
        } else {
            job.settleAll(outcome(failure, current));
        }
    }

    private boolean doubtPipelining(Link current, SmtpFailure failure) {
        boolean suspect = current.connection().capabilities().pipelining()
                && switch (failure) {
                    case SmtpFailure.Broken(Stage stage, String reason, boolean timedOut) -> timedOut;
                    case SmtpFailure.Garbled garbled -> true;
                    case SmtpFailure.Rejected rejected -> false;
                    case SmtpFailure.Unreachable unreachable -> false;
                    case SmtpFailure.TlsUnavailable unavailable -> false;
                };
        if (suspect) {
            habits.note(current.target().host(), HostHabits.Habit.LOSES_PIPELINED);
        }
        return suspect;
    }

    private void learnFrom(SmtpFailure failure) {
        if (Congestion.isPushBack(failure)) {
            permit.pushedBack();
        }
    }

    private DeliveryOutcome outcome(Failure failure, Link current) {
        return connector.outcome(failure, current.target(), current.attempt(failure.reason(), isSaid(failure)));
    }

    private static boolean isSaid(Failure failure) {
        return failure instanceof Failure.Conversation(SmtpFailure said) && said instanceof SmtpFailure.Rejected;
    }

    private static boolean isFarewell(SmtpFailure failure) {
        return failure instanceof SmtpFailure.Rejected(Stage stage, Reply reply) && reply.code() == 421;
    }

    /** RFC 5321 §4.5.3.1.10: 452, and 552 of older hosts, when said to some of several recipients. */
    private static boolean isTooManyRecipients(SmtpFailure failure) {
        return failure instanceof SmtpFailure.Rejected(Stage stage, Reply reply)
                && (reply.code() == 452 || reply.code() == 552)
                && reply.enhancedStatus()
                        .map(status -> status.subject() == 5 && status.detail() == 3)
                        .orElseGet(() ->
                                reply.text().toLowerCase(java.util.Locale.ROOT).contains("many recipients"));
    }
}
