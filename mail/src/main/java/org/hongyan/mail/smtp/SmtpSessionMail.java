package org.hongyan.mail.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.ReversePath;
import org.jspecify.annotations.Nullable;

/** The mail transaction of a session: MAIL, RCPT, then DATA or BDAT, in that order and no other (RFC 5321 §3.3, 3030). */
final class SmtpSessionMail {

    /** What an accepted MAIL began. */
    private static final class Transaction {
        final ReversePath returnPath;
        final SmtpServerHandler.MailParameters parameters;
        final List<EmailAddress> recipients = new ArrayList<>(1);

        @Nullable
        SmtpServerContent content;

        Transaction(ReversePath returnPath, SmtpServerHandler.MailParameters parameters) {
            this.returnPath = returnPath;
            this.parameters = parameters;
        }
    }

    private enum Reading {
        NOTHING,
        DOTTED,
        CHUNK
    }

    private final SmtpServerSettings settings;
    private final SmtpServerBuffers buffers;
    private final SmtpSessionPeer peer;
    private final SmtpSessionAnswers answers;

    private @Nullable Transaction transaction;
    private Reading reading = Reading.NOTHING;
    private long chunkSize;
    private long chunkLeft;
    private boolean chunkIsLast;

    /** Set when the present chunk is thrown away: the reply it gets at its end. */
    private @Nullable Reply chunkRefusal;

    SmtpSessionMail(
            SmtpServerSettings settings, SmtpServerBuffers buffers, SmtpSessionPeer peer, SmtpSessionAnswers answers) {
        this.settings = settings;
        this.buffers = buffers;
        this.peer = peer;
        this.answers = answers;
    }

    /** Whether MAIL has been accepted and the message is not finished. */
    boolean open() {
        return transaction != null;
    }

    /** Whether octets that arrive belong to the message. */
    boolean readingContent() {
        return reading != Reading.NOTHING;
    }

    /** Whether a chunk has been taken and the last one has not. */
    boolean chunked() {
        return transaction != null && transaction.content != null;
    }

    /** Forgets the transaction. */
    void reset() {
        if (transaction != null && transaction.content != null) {
            transaction.content.clear();
        }
        transaction = null;
        reading = Reading.NOTHING;
    }

    void mail(String argument, boolean extended) {
        if (transaction != null) {
            answers.refuse(SmtpServerReplies.NESTED_MAIL);
            return;
        }
        switch (CommandOfMail.parse(argument, extended, settings)) {
            case CommandOfMail.Refused(Reply reply) -> answers.refuse(reply);
            case CommandOfMail.Understood(ReversePath returnPath, SmtpServerHandler.MailParameters parameters) -> {
                if (answers.ask(() -> settings.handler().mail(peer, returnPath, parameters))) {
                    transaction = new Transaction(returnPath, parameters);
                }
            }
        }
    }

    void rcpt(String argument, boolean extended) {
        Transaction mail = transaction;
        if (mail == null) {
            answers.refuse(SmtpServerReplies.MAIL_FIRST);
            return;
        }
        switch (CommandOfRcpt.parse(argument, extended, mail.parameters.smtpUtf8(), settings)) {
            case CommandOfRcpt.Refused(Reply reply) -> answers.refuse(reply);
            case CommandOfRcpt.Understood(EmailAddress recipient, SmtpServerHandler.RcptParameters parameters) -> {
                if (mail.recipients.size() >= settings.limits().commands().recipients()) {
                    // RFC 5321 §4.5.3.1.10: the client sends the rest in another transaction, so this is no error.
                    answers.say(SmtpServerReplies.TOO_MANY_RECIPIENTS);
                } else if (answers.ask(() -> settings.handler().rcpt(peer, mail.returnPath, recipient, parameters))) {
                    mail.recipients.add(recipient);
                }
            }
        }
    }

    void data() {
        Reply refusal = refusalOfContent();
        if (refusal != null) {
            answers.refuse(refusal);
            return;
        }
        Objects.requireNonNull(transaction).content =
                new SmtpServerContent(buffers, settings.limits().content());
        reading = Reading.DOTTED;
        answers.say(SmtpServerReplies.START_CONTENT);
    }

    /** A chunk that can't be used is read all the same: its octets must never be taken for commands. */
    void bdat(String argument) {
        int blank = argument.indexOf(' ');
        long size = CommandParameters.size(blank < 0 ? argument : argument.substring(0, blank));
        boolean last = blank >= 0 && argument.substring(blank).strip().equalsIgnoreCase("LAST");
        if (!settings.offers(SmtpServer.Extension.CHUNKING)) {
            answers.end(SmtpServerReplies.NO_CHUNKING);
            return;
        }
        if (size < 0 || blank >= 0 && !last) {
            answers.end(SmtpServerReplies.BDAT_SYNTAX);
            return;
        }
        long most = 2L * settings.limits().content().messageBytes();
        if (size > most) {
            answers.end(SmtpServerReplies.TOO_LARGE_CLOSING);
            return;
        }
        chunkSize = size;
        chunkLeft = size;
        chunkIsLast = last;
        chunkRefusal = refusalOfContent();
        if (chunkRefusal == null && Objects.requireNonNull(transaction).content == null) {
            Objects.requireNonNull(transaction).content =
                    new SmtpServerContent(buffers, settings.limits().content());
        }
        reading = Reading.CHUNK;
        if (size == 0) {
            endChunk();
        }
    }

    /** Takes octets of the message; returns the offset after the last one taken. */
    int take(byte[] input, int from, int to) {
        return reading == Reading.DOTTED ? takeDotted(input, from, to) : takeChunk(input, from, to);
    }

    private @Nullable Reply refusalOfContent() {
        if (transaction == null) {
            return SmtpServerReplies.MAIL_FIRST;
        }
        return transaction.recipients.isEmpty() ? SmtpServerReplies.NO_RECIPIENT : null;
    }

    private int takeDotted(byte[] input, int from, int to) {
        SmtpServerContent content = content();
        int next = content.takeDotted(input, from, to);
        if (content.fault().endsConnection()) {
            fail(content.fault());
        } else if (content.ended()) {
            finish();
        }
        return next;
    }

    private int takeChunk(byte[] input, int from, int to) {
        int end = (int) Math.min(to, from + chunkLeft);
        if (chunkRefusal == null) {
            SmtpServerContent content = content();
            content.takeChunk(input, from, end);
            if (content.fault().endsConnection()) {
                fail(content.fault());
                return end;
            }
        }
        chunkLeft -= end - from;
        if (chunkLeft == 0) {
            endChunk();
        }
        return end;
    }

    private void endChunk() {
        reading = Reading.NOTHING;
        if (chunkRefusal != null) {
            answers.refuse(chunkRefusal);
            return;
        }
        SmtpServerContent content = content();
        if (chunkIsLast) {
            content.endChunks();
            if (content.fault().endsConnection()) {
                fail(content.fault());
            } else {
                finish();
            }
        } else if (content.fault() != SmtpServerContent.Fault.NONE) {
            answers.refuse(SmtpServerReplies.of(content.fault()));
            reset();
        } else {
            answers.say(SmtpServerReplies.chunkTaken(chunkSize));
        }
    }

    private void finish() {
        Transaction mail = Objects.requireNonNull(transaction);
        SmtpServerContent content = content();
        reading = Reading.NOTHING;
        byte[] whole = content.assemble();
        Reply refusal = content.fault() == SmtpServerContent.Fault.NONE
                ? SmtpServerHeaderCheck.refusalOf(whole, settings.limits().content())
                : SmtpServerReplies.of(content.fault());
        if (refusal != null) {
            answers.refuse(refusal);
        } else if (answers.ask(() -> settings.handler()
                .data(new SmtpServerHandler.Delivery(
                        peer, mail.returnPath, List.copyOf(mail.recipients), mail.parameters, whole)))) {
            answers.messageAccepted();
        }
        reset();
    }

    private void fail(SmtpServerContent.Fault fault) {
        answers.end(SmtpServerReplies.of(fault));
        reset();
    }

    private SmtpServerContent content() {
        return Objects.requireNonNull(Objects.requireNonNull(transaction).content);
    }
}
