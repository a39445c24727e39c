package org.hongyan.sandbox.inbox;

import java.util.Locale;
import org.hongyan.mail.address.EmailAddress;

/**
 * Which mails to list. Each part is found anywhere in its field, without regard to case; an empty part admits all.
 *
 * @param recipient part of any accepted recipient
 * @param sender part of the From field or of the return path
 * @param subject part of the subject
 */
public record InboxFilter(String recipient, String sender, String subject) {

    /** Folds the case. */
    public InboxFilter {
        recipient = recipient.strip().toLowerCase(Locale.ROOT);
        sender = sender.strip().toLowerCase(Locale.ROOT);
        subject = subject.strip().toLowerCase(Locale.ROOT);
    }

    /** Admits every mail. */
    public static InboxFilter all() {
        return new InboxFilter("", "", "");
    }

    /** Admits mails to recipients that contain {@code part}. */
    public static InboxFilter to(String part) {
        return new InboxFilter(part, "", "");
    }

    /** Admits mails with that part in their subject. */
    public static InboxFilter about(String part) {
        return new InboxFilter("", "", part);
    }

    boolean admits(ReceivedMail mail) {
        return holds(mail.subject(), subject)
                && (holds(mail.from(), sender)
                        || holds(mail.receipt().returnPath().toString(), sender))
                && (recipient.isEmpty() || anyRecipientHolds(mail));
    }

    private boolean anyRecipientHolds(ReceivedMail mail) {
        for (EmailAddress address : mail.receipt().recipients()) {
            if (holds(address.toString(), recipient)) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(String text, String part) {
        return part.isEmpty() || text.toLowerCase(Locale.ROOT).contains(part);
    }
}
