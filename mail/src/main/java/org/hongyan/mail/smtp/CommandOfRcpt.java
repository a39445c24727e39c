package org.hongyan.mail.smtp;

import java.util.Optional;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.address.EmailAddress;
import org.jspecify.annotations.Nullable;

/** Reads RCPT TO with its parameters (RFC 5321 §4.1.1.3, 3461). */
sealed interface CommandOfRcpt {

    /** A well-formed command. */
    record Understood(EmailAddress recipient, SmtpServerHandler.RcptParameters parameters) implements CommandOfRcpt {}

    /** Not well-formed, or more than this server offers. */
    record Refused(Reply reply) implements CommandOfRcpt {}

    /**
     * @param argument what follows {@code RCPT}
     * @param extended whether the client said EHLO, without which there are no parameters
     * @param smtpUtf8 whether MAIL declared SMTPUTF8
     */
    static CommandOfRcpt parse(String argument, boolean extended, boolean smtpUtf8, SmtpServerSettings settings) {
        Optional<CommandPath> path = CommandPath.parse(argument, "TO:");
        if (path.isEmpty()) {
            return new Refused(SmtpServerReplies.RCPT_SYNTAX);
        }
        if (path.get().beyondAscii() && !smtpUtf8) {
            return new Refused(SmtpServerReplies.NEEDS_SMTPUTF8);
        }
        Optional<EmailAddress> recipient = recipient(path.get().mailbox(), settings.hostName());
        if (recipient.isEmpty()) {
            return new Refused(SmtpServerReplies.BAD_RECIPIENT);
        }
        if (namesRoute(recipient.get().localPart())) {
            return new Refused(SmtpServerReplies.ROUTED_RECIPIENT);
        }
        return parameters(
                recipient.get(),
                path.get().parameters(),
                extended && settings.offers(SmtpServer.Extension.DSN),
                smtpUtf8);
    }

    private static CommandOfRcpt parameters(EmailAddress recipient, String text, boolean dsn, boolean smtpUtf8) {
        CommandParameters parameters = new CommandParameters(text);
        @Nullable String notifyOn = null;
        @Nullable String originalRecipient = null;
        CommandParameters.Found found;
        while ((found = parameters.next()) != CommandParameters.Found.END) {
            String keyword = parameters.keyword();
            String value = parameters.value();
            if (found == CommandParameters.Found.MALFORMED) {
                return new Refused(SmtpServerReplies.RCPT_SYNTAX);
            }
            if (dsn && keyword.equals("NOTIFY")) {
                if (notifyOn != null) {
                    return new Refused(SmtpServerReplies.repeatedParameter(keyword));
                }
                notifyOn = CommandParameters.notify(value);
                if (notifyOn == null) {
                    return new Refused(SmtpServerReplies.badParameter(keyword));
                }
            } else if (dsn && keyword.equals("ORCPT")) {
                if (originalRecipient != null) {
                    return new Refused(SmtpServerReplies.repeatedParameter(keyword));
                }
                if (!CommandParameters.isOriginalRecipient(value, smtpUtf8)) {
                    return new Refused(SmtpServerReplies.badParameter(keyword));
                }
                originalRecipient = value;
            } else {
                return new Refused(SmtpServerReplies.unknownParameter(keyword));
            }
        }
        return new Understood(recipient, new SmtpServerHandler.RcptParameters(notifyOn, originalRecipient));
    }

    /** RFC 5321 §4.5.1: postmaster is reachable without a domain. */
    private static Optional<EmailAddress> recipient(String mailbox, String hostName) {
        if (mailbox.equalsIgnoreCase("postmaster")) {
            return DomainName.tryParse(hostName).map(host -> new EmailAddress("postmaster", host));
        }
        return EmailAddress.tryParse(mailbox);
    }

    /** {@code user%other@here}, {@code other!user@here} and {@code "user@other"@here} ask us to relay onwards. */
    private static boolean namesRoute(String localPart) {
        return localPart.indexOf('%') >= 0 || localPart.indexOf('!') >= 0 || localPart.indexOf('@') >= 0;
    }
}
