package org.hongyan.mail.smtp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * One SMTP session (RFC 5321 §3 and §4) without a socket: octets in, replies out, the handler asked in between. Whoever drives it
 * gives it what arrives ({@link #feed}), writes what gathers in {@link #output} when no input is left, and looks at {@link #wants}
 * for what comes next. Not thread-safe.
 */
final class SmtpSession {

    /** What the session waits for. */
    enum Wants {
        COMMAND,
        CONTENT,
        /** The output is to be written, all input that has arrived thrown away, then TLS begun. */
        TLS,
        /** The output is to be written, then the connection closed. */
        END
    }

    private enum Hello {
        NONE,
        HELO,
        EHLO
    }

    private static final int LONGEST_HELLO = 255;

    private final SmtpServerSettings settings;
    private final SmtpSessionPeer peer;
    private final boolean startTlsOffered;
    private final SmtpSessionAnswers answers;
    private final SmtpSessionMail mail;
    private final SmtpServerLine line = new SmtpServerLine();

    private Hello hello = Hello.NONE;
    private boolean turnedAway;
    private @Nullable SmtpSessionLogin login;
    private @Nullable SSLContext nextTls;

    /** @param startTlsOffered whether the port is one on which TLS can be begun */
    SmtpSession(SmtpServerSettings settings, SmtpServerBuffers buffers, SmtpSessionPeer peer, boolean startTlsOffered) {
        this.settings = settings;
        this.peer = peer;
        this.startTlsOffered =
                startTlsOffered && settings.tls() != null && settings.offers(SmtpServer.Extension.STARTTLS);
        this.answers = new SmtpSessionAnswers(settings, peer);
        this.mail = new SmtpSessionMail(settings, buffers, peer, answers);
    }

    /** Greets the client, or turns it away (RFC 5321 §3.1). */
    void open() {
        Optional<Reply> refusal = answers.guarded(
                () -> settings.handler().connected(peer), Optional.of(SmtpServerReplies.BROKEN_AT_GREETING));
        if (answers.hungUp()) {
            return;
        }
        if (refusal.isEmpty()) {
            answers.say(SmtpServerReplies.greeting(settings.hostName()));
        } else if (refusal.get().isPermanent()) {
            turnedAway = true;
            answers.output().add(refusal.get());
        } else {
            answers.end(refusal.get());
        }
    }

    Wants wants() {
        if (answers.ended()) {
            return Wants.END;
        }
        if (nextTls != null) {
            return Wants.TLS;
        }
        return mail.readingContent() ? Wants.CONTENT : Wants.COMMAND;
    }

    /** The replies not yet written; whoever writes them clears it. */
    SmtpServerOutput output() {
        return answers.output();
    }

    /** Whether a message has been begun. */
    boolean inTransaction() {
        return mail.open();
    }

    /** Whether a part of a command has arrived and its end has not. */
    boolean inCommand() {
        return line.partial();
    }

    /** Whether the last reply might be lost if the connection were closed at once, for the client may still be sending. */
    boolean endedByUs() {
        return answers.endedByUs();
    }

    /**
     * Takes what has arrived.
     *
     * @return the offset after the last octet taken; less than {@code to} only when TLS or the end is next, and the rest is then to
     *     be thrown away (CVE-2011-0411)
     */
    int feed(byte[] input, int from, int to) {
        int at = from;
        while (at < to) {
            switch (wants()) {
                case COMMAND -> at = takeLine(input, at, to);
                case CONTENT -> at = mail.take(input, at, to);
                case TLS, END -> {
                    return at;
                }
            }
        }
        return at;
    }

    /** The context that the handshake is to use; forgets that TLS was asked for. */
    SSLContext takeTls() {
        SSLContext context = nextTls;
        if (context == null) {
            throw new IllegalStateException("no TLS was asked for");
        }
        nextTls = null;
        return context;
    }

    /** The handshake is done: all that was said before is forgotten (RFC 3207 §4.2). */
    void encrypted() {
        peer.nowEncrypted();
        hello = Hello.NONE;
        login = null;
        mail.reset();
    }

    /** Ends the session from outside with a last reply. */
    void interrupt(Reply last) {
        answers.end(last);
        mail.reset();
    }

    /** The connection is gone: gives memory back and tells the handler. */
    void closed() {
        mail.reset();
        answers.guarded(
                () -> {
                    settings.handler().disconnected(peer);
                    return true;
                },
                false);
    }

    private int takeLine(byte[] input, int from, int to) {
        SmtpServerLimits.Commands limits = settings.limits().commands();
        int next = line.take(input, from, to, login == null ? limits.commandLineBytes() : limits.authLineBytes());
        switch (line.state()) {
            case OPEN -> {}
            case STRAY -> answers.end(SmtpServerReplies.STRAY_LINE_END);
            case TOO_LONG -> {
                login = null;
                refuseUnread(SmtpServerReplies.LINE_TOO_LONG);
            }
            case COMPLETE -> {
                if (login != null) {
                    step(login.respond(new String(
                            line.octets(), line.start(), line.end() - line.start(), StandardCharsets.ISO_8859_1)));
                } else {
                    CommandLine.parse(line.octets(), line.start(), line.end())
                            .ifPresentOrElse(this::obey, () -> refuseUnread(SmtpServerReplies.NOT_TEXT));
                }
            }
        }
        return next;
    }

    /** Inside a transaction the line may have been BDAT, and what follows its content: that must not be read as commands. */
    private void refuseUnread(Reply reply) {
        if (mail.open()) {
            answers.end(reply);
        } else {
            answers.refuse(reply);
        }
    }

    private void obey(CommandLine command) {
        if (turnedAway && !command.verb().equals("QUIT")) {
            answers.refuse(SmtpServerReplies.REFUSED_EARLIER);
            return;
        }
        switch (command.verb()) {
            case "MAIL" -> mail(command);
            case "RCPT" -> rcpt(command);
            case "DATA" -> data(command);
            case "BDAT" -> mail.bdat(command.argument());
            case "EHLO" -> hello(command, Hello.EHLO);
            case "HELO" -> hello(command, Hello.HELO);
            case "STARTTLS" -> startTls(command);
            case "AUTH" -> auth(command);
            case "RSET" -> withoutArgument(command, this::rset);
            case "QUIT" -> withoutArgument(command, answers::goodbye);
            case "NOOP" -> junk(SmtpServerReplies.OK);
            case "HELP" -> junk(SmtpServerReplies.HELP);
            case "VRFY" -> junk(SmtpServerReplies.CANNOT_VERIFY);
            case "EXPN", "ETRN", "TURN", "ATRN", "SEND", "SOML", "SAML" ->
                answers.refuse(SmtpServerReplies.NOT_IMPLEMENTED);
            // A browser can be made to send these together with SMTP commands in the body.
            case "GET", "POST", "PUT", "HEAD", "PATCH", "DELETE", "OPTIONS", "CONNECT", "HOST:" ->
                answers.end(SmtpServerReplies.NOT_HTTP);
            default -> answers.refuse(SmtpServerReplies.UNKNOWN_COMMAND);
        }
    }

    private void mail(CommandLine command) {
        if (hello == Hello.NONE) {
            answers.refuse(SmtpServerReplies.HELLO_FIRST);
        } else {
            mail.mail(command.argument(), hello == Hello.EHLO);
        }
    }

    private void rcpt(CommandLine command) {
        if (mail.chunked()) {
            answers.refuse(SmtpServerReplies.CHUNKS_RUNNING);
        } else {
            mail.rcpt(command.argument(), hello == Hello.EHLO);
        }
    }

    private void data(CommandLine command) {
        if (mail.chunked()) {
            answers.refuse(SmtpServerReplies.CHUNKS_RUNNING);
        } else {
            withoutArgument(command, mail::data);
        }
    }

    private void rset() {
        mail.reset();
        junk(SmtpServerReplies.OK);
    }

    private void junk(Reply reply) {
        if (answers.countJunk()) {
            answers.say(reply);
        }
    }

    private void withoutArgument(CommandLine command, Runnable action) {
        if (command.hasArgument()) {
            answers.refuse(SmtpServerReplies.NO_ARGUMENT_ALLOWED);
        } else {
            action.run();
        }
    }

    private void hello(CommandLine command, Hello said) {
        String name = command.argument();
        boolean wellFormed = !name.isEmpty()
                && name.length() <= LONGEST_HELLO
                && name.chars().allMatch(c -> c > ' ' && c < 127);
        if (!wellFormed) {
            answers.refuse(SmtpServerReplies.HELLO_NEEDS_NAME);
            return;
        }
        if (!answers.countJunk()) {
            return;
        }
        hello = said;
        peer.said(name);
        mail.reset();
        answers.say(said == Hello.HELO ? Reply.of(250, settings.hostName()) : new Reply(250, announcement()));
    }

    private List<String> announcement() {
        List<String> lines = new ArrayList<>();
        lines.add(settings.hostName());
        for (SmtpServer.Extension extension : SmtpServer.Extension.values()) {
            if (settings.offers(extension)) {
                switch (extension) {
                    case SIZE -> lines.add("SIZE " + settings.limits().content().messageBytes());
                    case PIPELINING -> lines.add("PIPELINING");
                    case EIGHT_BIT_MIME -> lines.add("8BITMIME");
                    case SMTPUTF8 -> lines.add("SMTPUTF8");
                    case CHUNKING -> lines.add("CHUNKING");
                    case ENHANCED_STATUS_CODES -> lines.add("ENHANCEDSTATUSCODES");
                    case DSN -> lines.add("DSN");
                    case AUTH -> {
                        if (authAllowed()) {
                            lines.add("AUTH PLAIN LOGIN");
                        }
                    }
                    case STARTTLS -> {
                        if (startTlsOffered && !peer.encrypted()) {
                            lines.add("STARTTLS");
                        }
                    }
                }
            }
        }
        return lines;
    }

    private boolean authAllowed() {
        return peer.encrypted()
                || answers.guarded(() -> settings.authWithoutTls().test(peer), false);
    }

    private void startTls(CommandLine command) {
        Supplier<SSLContext> contexts = settings.tls();
        if (contexts == null || !startTlsOffered) {
            answers.refuse(peer.encrypted() ? SmtpServerReplies.ENCRYPTED_ALREADY : SmtpServerReplies.NOT_IMPLEMENTED);
        } else if (peer.encrypted()) {
            answers.refuse(SmtpServerReplies.ENCRYPTED_ALREADY);
        } else if (command.hasArgument()) {
            answers.refuse(SmtpServerReplies.NO_ARGUMENT_ALLOWED);
        } else {
            Optional<SSLContext> context = answers.guarded(() -> Optional.of(contexts.get()), Optional.empty());
            nextTls = context.orElse(null);
            answers.say(context.isPresent() ? SmtpServerReplies.READY_FOR_TLS : SmtpServerReplies.TLS_UNAVAILABLE);
        }
    }

    private void auth(CommandLine command) {
        Reply refusal = refusalOfAuth(command);
        if (refusal != null) {
            answers.refuse(refusal);
            return;
        }
        int blank = command.argument().indexOf(' ');
        String mechanism = blank < 0 ? command.argument() : command.argument().substring(0, blank);
        SmtpSessionLogin exchange = SmtpSessionLogin.of(mechanism);
        if (exchange == null) {
            answers.refuse(SmtpServerReplies.UNKNOWN_MECHANISM);
            return;
        }
        login = exchange;
        step(exchange.begin(blank < 0 ? "" : command.argument().substring(blank).strip()));
    }

    private @Nullable Reply refusalOfAuth(CommandLine command) {
        if (!settings.offers(SmtpServer.Extension.AUTH)) {
            return SmtpServerReplies.NOT_IMPLEMENTED;
        }
        if (hello != Hello.EHLO) {
            return SmtpServerReplies.HELLO_FIRST;
        }
        if (peer.identity() != null) {
            return SmtpServerReplies.AUTHENTICATED_ALREADY;
        }
        if (mail.open()) {
            return SmtpServerReplies.NO_AUTH_IN_TRANSACTION;
        }
        if (!authAllowed()) {
            return SmtpServerReplies.AUTH_NEEDS_TLS;
        }
        return command.hasArgument() ? null : SmtpServerReplies.AUTH_SYNTAX;
    }

    private void step(SmtpSessionLogin.Step step) {
        switch (step) {
            case SmtpSessionLogin.Step.Ask(Reply challenge) -> answers.say(challenge);
            case SmtpSessionLogin.Step.Refuse(Reply reply) -> {
                login = null;
                answers.refuse(reply);
            }
            case SmtpSessionLogin.Step.Check(String user, String password) -> {
                login = null;
                check(user, password);
            }
        }
    }

    private void check(String user, String password) {
        SmtpServerHandler.Login outcome = answers.guarded(
                () -> settings.handler().authenticate(peer, user, password),
                new SmtpServerHandler.Login.Denied(SmtpServerReplies.AUTH_BROKEN));
        if (answers.hungUp()) {
            return;
        }
        switch (outcome) {
            case SmtpServerHandler.Login.Granted(Object identity) -> {
                peer.authenticated(identity);
                answers.say(SmtpServerReplies.AUTHENTICATED);
            }
            case SmtpServerHandler.Login.Denied(Reply reply) -> answers.authFailed(reply);
        }
    }
}
