package org.hongyan.mail.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.address.EmailAddress;
import org.jspecify.annotations.Nullable;

/**
 * One conversation with an SMTP server as its client (RFC 5321), made for many mails one after another: {@link #begin},
 * {@link #write}, {@link #end}, and again. Commands are pipelined where offered (RFC 2920), and {@link #write} takes the
 * commands of the next mail along, so that a mail costs one round trip and one write. RSET is said only where a
 * transaction was begun and no recipient accepted: the refusal of DATA does not end it at every server (Postfix keeps it),
 * and the next MAIL would be refused as nested.
 *
 * <p>Used by one thread at a time. Every step has its time as a whole; when something breaks, the connection is closed
 * and {@link #isOpen} is false.
 */
public final class SmtpConnection implements AutoCloseable {

    /** RFC 2920 §3.1: a client must not fill the windows of both directions; replies to these fit into any. */
    private static final int LARGEST_GROUP = 50;

    private final Socket raw;
    private final SmtpClient.Peer peer;
    private final SmtpTimeouts timeouts;
    private final DeadlineWatch watch;
    private final Deadline deadline;
    private final Outbox out;
    private ReplyReader in;
    private Capabilities capabilities = Capabilities.NONE;
    private @Nullable String tlsDescription;
    private @Nullable Transaction announced;
    private @Nullable IOException failedWrite;
    private boolean open = true;
    private int transactions;

    SmtpConnection(Socket raw, SmtpClient.Peer peer, SmtpTimeouts timeouts, DeadlineWatch watch) throws IOException {
        this.raw = raw;
        this.peer = peer;
        this.timeouts = timeouts;
        this.watch = watch;
        this.deadline = new Deadline(raw);
        this.out = new Outbox(raw.getOutputStream());
        this.in = new ReplyReader(raw.getInputStream());
        watch.add(deadline);
    }

    /** Outcome of the commands before the content. */
    public sealed interface Begun {
        /**
         * The server waits for the content; {@link #write} must follow, or {@link #close}.
         *
         * @param refusals for each recipient of the envelope in its order: empty when accepted; at least one is
         */
        record Ready(List<Optional<SmtpFailure>> refusals) implements Begun {}

        /**
         * No recipient was accepted, and the transaction is over.
         *
         * @param failures one for each recipient, in order
         */
        record Refused(List<SmtpFailure> failures) implements Begun {}

        /** The connection is gone before anything was accepted. */
        record Lost(SmtpFailure failure) implements Begun {}
    }

    /** Outcome of the content. */
    public sealed interface Ended {
        /** The server has taken responsibility (RFC 5321 §4.2.5). */
        record Accepted(Reply reply) implements Ended {}

        /** Refused, or unknown: {@link SmtpFailure#stage} tells. */
        record Failed(SmtpFailure failure) implements Ended {}
    }

    /** Whom it speaks to. */
    public SmtpClient.Peer peer() {
        return peer;
    }

    /** Address of the server. */
    public InetAddress address() {
        return peer.address();
    }

    /** What the server announced, after STARTTLS where that was done. */
    public Capabilities capabilities() {
        return capabilities;
    }

    /** Protocol and cipher suite; empty in clear. */
    public Optional<String> tls() {
        return Optional.ofNullable(tlsDescription);
    }

    /** Transactions begun so far, whatever came of them. */
    public int transactions() {
        return transactions;
    }

    /** Whether another transaction may be begun. */
    public boolean isOpen() {
        return open;
    }

    /** Whether nothing was said unasked while the connection lay idle: a server that leaves says 421 first. */
    public boolean isQuiet() {
        try {
            // Behind TLS, octets may be session tickets, which mean nothing.
            return open
                    && !in.hasBuffered()
                    && (tlsDescription != null || raw.getInputStream().available() == 0);
        } catch (IOException gone) {
            return false;
        }
    }

    // ---- the transaction

    /**
     * Says MAIL, RCPT and DATA, unless {@link #write} has said them already, and reads the replies.
     *
     * @throws IllegalStateException when another transaction was announced
     */
    public Begun begin(Transaction transaction) {
        try {
            Transaction ahead = announced;
            announced = null;
            if (ahead == null) {
                return converse(transaction);
            }
            if (!ahead.envelope().equals(transaction.envelope())) {
                throw new IllegalStateException("another mail was announced to the server");
            }
            return readGroup(transaction);
        } catch (SmtpTrouble trouble) {
            close();
            return new Begun.Lost(trouble.failure());
        }
    }

    /**
     * Writes the content and its end. Nothing is reported here: {@link #end} tells what came of it.
     *
     * @param next commands to say in the same write, for the mail that will be begun next; must be null where
     *     {@link #mayAnnounce} says no
     */
    public void write(Content content, @Nullable Transaction next) {
        deadline.in(timeouts.transfer());
        try {
            out.content(content);
            if (next != null) {
                sayGroup(next);
                announced = next;
            }
            out.flush();
        } catch (IOException broken) {
            // The server may have said why before it went; end() looks.
            failedWrite = broken;
            announced = null;
        }
    }

    /** Whether commands of {@code next} may be written behind the content of the present mail. */
    public boolean mayAnnounce(Transaction next) {
        return capabilities.pipelining() && next.envelope().recipients().size() <= LARGEST_GROUP;
    }

    /** Reads the reply to the content. */
    public Ended end() {
        try {
            Reply reply = read(Stage.END, timeouts.end());
            if (failedWrite != null) {
                close();
            }
            if (reply.isPositive()) {
                if (announced == null && in.hasBuffered()) {
                    // A reply too many: from here on nobody knows which reply answers what.
                    close();
                }
                return new Ended.Accepted(reply);
            }
            if (reply.isIntermediate()) {
                throw new SmtpTrouble(new SmtpFailure.Garbled(Stage.END, "unexpected reply to the content: " + reply));
            }
            closeAfter(reply);
            return new Ended.Failed(new SmtpFailure.Rejected(Stage.END, reply));
        } catch (SmtpTrouble trouble) {
            close();
            IOException unsent = failedWrite;
            return new Ended.Failed(
                    unsent == null
                            ? trouble.failure()
                            : broken(Stage.CONTENT, timeouts.transfer(), unsent).failure());
        }
    }

    /** Says QUIT, waits for the reply for a short time, and closes. */
    public void quit() {
        if (open && announced == null) {
            try {
                say(Stage.END, timeouts.quit(), "QUIT");
                Reply farewell = read(Stage.END, timeouts.quit());
                assert farewell.code() > 0;
            } catch (SmtpTrouble gone) {
                // Whether it heard the good-bye changes nothing.
            }
        }
        close();
    }

    /** Closes at once, without a word. Idempotent. */
    @Override
    public void close() {
        open = false;
        announced = null;
        watch.remove(deadline);
        try {
            // The socket below TLS: closing TLS politely may block on a peer that does not read.
            raw.close();
        } catch (IOException alreadyGone) {
            // Closing was all that was wanted.
        }
    }

    // ---- opening

    void greet(DomainName heloName, TlsPolicy policy, TlsLayer tls, boolean pipelining) throws SmtpTrouble {
        Reply greeting = read(Stage.GREETING, timeouts.greeting());
        requirePositive(Stage.GREETING, greeting);
        hello(heloName);
        if (!(policy instanceof TlsPolicy.Clear)) {
            startTls(heloName, policy, tls);
        }
        if (!pipelining) {
            capabilities = capabilities.withoutPipelining();
        }
        deadline.none();
    }

    private void hello(DomainName heloName) throws SmtpTrouble {
        say(Stage.HELLO, timeouts.hello(), "EHLO " + heloName);
        Reply reply = read(Stage.HELLO, timeouts.hello());
        if (reply.isPositive()) {
            capabilities = Capabilities.of(reply);
            return;
        }
        if (!reply.isPermanent()) {
            throw new SmtpTrouble(new SmtpFailure.Rejected(Stage.HELLO, reply));
        }
        say(Stage.HELLO, timeouts.hello(), "HELO " + heloName);
        requirePositive(Stage.HELLO, read(Stage.HELLO, timeouts.hello()));
        capabilities = Capabilities.NONE;
    }

    private void startTls(DomainName heloName, TlsPolicy policy, TlsLayer tls) throws SmtpTrouble {
        if (!capabilities.startTls()) {
            if (policy.isMandatory()) {
                throw new SmtpTrouble(new SmtpFailure.TlsUnavailable(peer.host() + " does not offer STARTTLS"));
            }
            return;
        }
        say(Stage.TLS, timeouts.tls(), "STARTTLS");
        Reply reply = read(Stage.TLS, timeouts.tls());
        if (!reply.isPositive()) {
            if (policy.isMandatory() || reply.code() == Reply.CLOSING) {
                throw new SmtpTrouble(new SmtpFailure.TlsUnavailable("STARTTLS was refused: " + reply));
            }
            return;
        }
        // What stands behind the 220 in clear was never said by the server that we are about to know.
        int injected = in.discardBuffered();
        assert injected >= 0;
        SSLSocket secured = handshake(policy, tls);
        try {
            out.switchTo(secured.getOutputStream());
            in = new ReplyReader(secured.getInputStream());
        } catch (IOException broken) {
            throw new SmtpTrouble(new SmtpFailure.TlsUnavailable("TLS broke off: " + broken.getMessage()));
        }
        tlsDescription = TlsLayer.describe(secured.getSession());
        capabilities = Capabilities.NONE;
        hello(heloName);
    }

    private SSLSocket handshake(TlsPolicy policy, TlsLayer tls) throws SmtpTrouble {
        deadline.in(timeouts.tls());
        try {
            SSLSocket secured = tls.handshake(raw, peer.host(), peer.port());
            tls.verify(secured.getSession(), peer.host(), policy);
            return secured;
        } catch (IOException | CertificateException failed) {
            String reason = deadline.hasPassed()
                    ? "the TLS handshake took longer than " + timeouts.tls().toMillis() + " ms"
                    : "the TLS handshake failed: " + failed.getMessage();
            throw new SmtpTrouble(new SmtpFailure.TlsUnavailable(reason));
        }
    }

    // ---- MAIL, RCPT, DATA

    private Begun converse(Transaction transaction) throws SmtpTrouble {
        if (!capabilities.pipelining() || transaction.envelope().recipients().size() > LARGEST_GROUP) {
            return turnByTurn(transaction);
        }
        sayGroup(transaction);
        flush(Stage.MAIL, timeouts.mail());
        return readGroup(transaction);
    }

    /** MAIL, all RCPT and DATA as one group; DATA has to be the last of it (RFC 2920 §3.1). */
    private void sayGroup(Transaction transaction) {
        transactions++;
        out.command(transaction.mailCommand(capabilities));
        for (EmailAddress recipient : transaction.envelope().recipients()) {
            out.command("RCPT TO:<" + recipient + ">");
        }
        out.command("DATA");
    }

    private Begun readGroup(Transaction transaction) throws SmtpTrouble {
        TransactionReplies replies =
                new TransactionReplies(transaction.envelope().recipients().size());
        try {
            replies.mail(read(Stage.MAIL, timeouts.mail()));
            for (int i = 0; i < replies.expected(); i++) {
                replies.rcpt(read(Stage.RCPT, timeouts.rcpt()));
            }
            return afterData(replies, read(Stage.DATA, timeouts.data()));
        } catch (SmtpTrouble trouble) {
            // A 421 tells why the rest of the replies never came.
            SmtpFailure farewell = replies.farewell();
            if (farewell == null) {
                throw trouble;
            }
            close();
            return new Begun.Refused(replies.refusedBy(farewell));
        }
    }

    private Begun turnByTurn(Transaction transaction) throws SmtpTrouble {
        transactions++;
        TransactionReplies replies =
                new TransactionReplies(transaction.envelope().recipients().size());
        say(Stage.MAIL, timeouts.mail(), transaction.mailCommand(capabilities));
        replies.mail(read(Stage.MAIL, timeouts.mail()));
        if (replies.mailRefused()) {
            return finished(replies.refused());
        }
        List<EmailAddress> recipients = transaction.envelope().recipients();
        int group = capabilities.pipelining() ? LARGEST_GROUP : 1;
        for (int start = 0; start < recipients.size(); start += group) {
            List<EmailAddress> some = recipients.subList(start, Math.min(recipients.size(), start + group));
            for (EmailAddress recipient : some) {
                out.command("RCPT TO:<" + recipient + ">");
            }
            flush(Stage.RCPT, timeouts.rcpt());
            for (int i = 0; i < some.size(); i++) {
                replies.rcpt(read(Stage.RCPT, timeouts.rcpt()));
            }
        }
        if (replies.accepted() == 0) {
            return abandoned(finished(replies.refused()));
        }
        say(Stage.DATA, timeouts.data(), "DATA");
        return afterData(replies, read(Stage.DATA, timeouts.data()));
    }

    /** Ends at the server what was begun there and came to nothing. */
    private Begun abandoned(Begun refused) {
        if (open) {
            try {
                say(Stage.RCPT, timeouts.rcpt(), "RSET");
                requirePositive(Stage.RCPT, read(Stage.RCPT, timeouts.rcpt()));
            } catch (SmtpTrouble gone) {
                close();
            }
        }
        return refused;
    }

    private Begun afterData(TransactionReplies replies, Reply data) throws SmtpTrouble {
        if (data.isPositive()) {
            throw new SmtpTrouble(new SmtpFailure.Garbled(Stage.DATA, "unexpected reply to DATA: " + data));
        }
        if (data.isIntermediate()) {
            if (replies.accepted() > 0) {
                deadline.none();
                return new Begun.Ready(replies.perRecipient());
            }
            // RFC 2920 §3.1: a server that says 354 without a recipient gets an empty message and refuses that.
            return emptied(replies);
        }
        Begun refused = finished(replies.refusedBy(new SmtpFailure.Rejected(Stage.DATA, data)));
        return replies.mailRefused() ? refused : abandoned(refused);
    }

    private Begun emptied(TransactionReplies replies) {
        Begun refused = finished(replies.refused());
        if (open) {
            try {
                out.endOfContent();
                flush(Stage.DATA, timeouts.data());
                closeAfter(read(Stage.DATA, timeouts.end()));
            } catch (SmtpTrouble gone) {
                close();
            }
        }
        return refused;
    }

    private Begun finished(List<SmtpFailure> failures) {
        for (SmtpFailure failure : failures) {
            if (failure instanceof SmtpFailure.Rejected(Stage stage, Reply reply)) {
                closeAfter(reply);
            }
        }
        deadline.none();
        return new Begun.Refused(failures);
    }

    // ---- words

    private void say(Stage stage, Duration time, String command) throws SmtpTrouble {
        out.command(command);
        flush(stage, time);
    }

    private void flush(Stage stage, Duration time) throws SmtpTrouble {
        deadline.in(time);
        try {
            out.flush();
        } catch (IOException broken) {
            throw broken(stage, time, broken);
        }
    }

    private Reply read(Stage stage, Duration time) throws SmtpTrouble {
        deadline.in(time);
        try {
            Reply reply = in.read();
            deadline.none();
            return reply;
        } catch (ReplyReader.GarbledReply garbled) {
            throw new SmtpTrouble(new SmtpFailure.Garbled(stage, String.valueOf(garbled.getMessage())));
        } catch (IOException broken) {
            throw broken(stage, time, broken);
        }
    }

    private SmtpTrouble broken(Stage stage, Duration time, IOException cause) {
        boolean timedOut = deadline.hasPassed();
        String reason = timedOut
                ? peer.host() + " took longer than " + time.toMillis() + " ms at " + stage
                : "the connection to " + peer.host() + " broke at " + stage + ": " + cause.getMessage();
        return new SmtpTrouble(new SmtpFailure.Broken(stage, reason, timedOut));
    }

    private void requirePositive(Stage stage, Reply reply) throws SmtpTrouble {
        if (reply.isIntermediate()) {
            throw new SmtpTrouble(new SmtpFailure.Garbled(stage, "unexpected reply: " + reply));
        }
        if (!reply.isPositive()) {
            throw new SmtpTrouble(new SmtpFailure.Rejected(stage, reply));
        }
    }

    /** RFC 5321 §3.8: after a 421 the server closes, and so do we. */
    private void closeAfter(Reply reply) {
        if (reply.code() == Reply.CLOSING) {
            close();
        }
    }
}
