package org.hongyan.mail.smtp;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.ReversePath;
import org.jspecify.annotations.Nullable;

/** Reads MAIL FROM with its parameters (RFC 5321 §4.1.1.2, 1870, 6152, 6531, 3461, 4954). */
sealed interface CommandOfMail {

    /** A well-formed command. */
    record Understood(ReversePath returnPath, SmtpServerHandler.MailParameters parameters) implements CommandOfMail {}

    /** Not well-formed, or more than this server offers. */
    record Refused(Reply reply) implements CommandOfMail {}

    /**
     * @param argument what follows {@code MAIL}
     * @param extended whether the client said EHLO, without which there are no parameters
     */
    static CommandOfMail parse(String argument, boolean extended, SmtpServerSettings settings) {
        Optional<CommandPath> path = CommandPath.parse(argument, "FROM:");
        if (path.isEmpty()) {
            return new Refused(SmtpServerReplies.MAIL_SYNTAX);
        }
        Reader reader = new Reader(settings, extended);
        Reply refusal = reader.read(path.get().parameters());
        if (refusal != null) {
            return new Refused(refusal);
        }
        if (path.get().beyondAscii() && !reader.smtpUtf8) {
            return new Refused(SmtpServerReplies.NEEDS_SMTPUTF8);
        }
        String mailbox = path.get().mailbox();
        Optional<ReversePath> returnPath = mailbox.isEmpty()
                ? Optional.of(new ReversePath.NullPath())
                : EmailAddress.tryParse(mailbox).map(ReversePath.Mailbox::new);
        return returnPath.isPresent()
                ? new Understood(returnPath.get(), reader.parameters())
                : new Refused(SmtpServerReplies.BAD_SENDER);
    }

    /** Holds what has been read of the parameters. */
    final class Reader {
        private static final int LONGEST_ENVELOPE_ID = 100;
        private static final int LONGEST_AUTH = 500;

        private final SmtpServerSettings settings;
        private final boolean extended;
        private long size;
        private boolean eightBitMime;
        private boolean smtpUtf8;
        private @Nullable String dsnReturn;
        private @Nullable String envelopeId;

        private Reader(SmtpServerSettings settings, boolean extended) {
            this.settings = settings;
            this.extended = extended;
        }

        private SmtpServerHandler.MailParameters parameters() {
            return new SmtpServerHandler.MailParameters(size, eightBitMime, smtpUtf8, dsnReturn, envelopeId);
        }

        private @Nullable Reply read(String text) {
            CommandParameters parameters = new CommandParameters(text);
            Set<String> seen = new HashSet<>(4);
            CommandParameters.Found found;
            while ((found = parameters.next()) != CommandParameters.Found.END) {
                if (found == CommandParameters.Found.MALFORMED) {
                    return SmtpServerReplies.MAIL_SYNTAX;
                }
                String keyword = parameters.keyword();
                if (!extended || !offered(keyword)) {
                    return SmtpServerReplies.unknownParameter(keyword);
                }
                if (!seen.add(keyword)) {
                    return SmtpServerReplies.repeatedParameter(keyword);
                }
                if (!take(keyword, parameters.value())) {
                    return SmtpServerReplies.badParameter(keyword);
                }
            }
            return size > settings.limits().content().messageBytes() ? SmtpServerReplies.TOO_LARGE : null;
        }

        private boolean offered(String keyword) {
            return switch (keyword) {
                case "SIZE" -> settings.offers(SmtpServer.Extension.SIZE);
                case "BODY" -> settings.offers(SmtpServer.Extension.EIGHT_BIT_MIME);
                case "SMTPUTF8" -> settings.offers(SmtpServer.Extension.SMTPUTF8);
                case "RET", "ENVID" -> settings.offers(SmtpServer.Extension.DSN);
                case "AUTH" -> settings.offers(SmtpServer.Extension.AUTH);
                default -> false;
            };
        }

        private boolean take(String keyword, String value) {
            return switch (keyword) {
                case "SIZE" -> (size = CommandParameters.size(value)) >= 0;
                case "BODY" -> {
                    eightBitMime = value.equalsIgnoreCase("8BITMIME");
                    yield eightBitMime || value.equalsIgnoreCase("7BIT");
                }
                case "SMTPUTF8" -> smtpUtf8 = value.isEmpty();
                case "RET" -> {
                    dsnReturn = value.toUpperCase(Locale.ROOT);
                    yield dsnReturn.equals("FULL") || dsnReturn.equals("HDRS");
                }
                case "ENVID" -> {
                    envelopeId = value;
                    yield CommandParameters.isXtext(value, LONGEST_ENVELOPE_ID, false);
                }
                // The identity named there is not believed (RFC 4954 §5), only its form is checked.
                case "AUTH" -> value.equals("<>") || CommandParameters.isXtext(value, LONGEST_AUTH, true);
                default -> false;
            };
        }
    }
}
