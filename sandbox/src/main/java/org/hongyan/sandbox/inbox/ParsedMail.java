package org.hongyan.sandbox.inbox;

import java.util.List;
import org.hongyan.mail.message.HeaderField;

/**
 * A mail as its reader sees it. Every text is as the sender chose it: escape it before it becomes HTML.
 *
 * @param from the From field decoded; empty when missing, as are the others
 * @param to the To field decoded
 * @param subject the Subject field decoded
 * @param date the Date field as it stands
 * @param text the first text/plain part that is no attachment; empty without one
 * @param html the first text/html part that is no attachment; empty without one
 * @param attachments all other parts, in order
 * @param headers all header fields as they stand, in order
 */
public record ParsedMail(
        String from,
        String to,
        String subject,
        String date,
        String text,
        String html,
        List<Attachment> attachments,
        List<HeaderField> headers) {

    /**
     * A part that is not the text itself.
     *
     * @param name its file name; empty without one
     * @param contentType such as {@code application/pdf}
     * @param contentId for images shown inside the HTML, without angle brackets; empty without one
     * @param content decoded; not to be changed
     */
    public record Attachment(String name, String contentType, String contentId, byte[] content) {}

    /** Copies the lists. */
    public ParsedMail {
        attachments = List.copyOf(attachments);
        headers = List.copyOf(headers);
    }
}
