package org.hongyan.server.queue;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.NamedAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a mail is made of, as far as it is known at acceptance: rendering happens at delivery, from this alone. Checked
 * before it is made; immutable.
 *
 * @param from the author
 * @param to shown in the header; not necessarily all recipients
 * @param cc shown in the header
 * @param subject overrides the template's; null for the template's
 * @param replyTo null for none
 * @param unsubscribeLanguage BCP 47 tag of the unsubscribe link; empty for none
 * @param headers further fields, checked
 */
public record MailContent(
        NamedAddress from,
        List<EmailAddress> to,
        List<EmailAddress> cc,
        @Nullable String subject,
        @Nullable EmailAddress replyTo,
        Body body,
        List<File> files,
        String unsubscribeLanguage,
        Map<String, String> headers) {

    /** Copies the collections. */
    public MailContent {
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        files = List.copyOf(files);
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** Where the text comes from. */
    public sealed interface Body {

        /** A pinned version of a template with its values. */
        record Template(long versionId, Map<String, String> values) implements Body {
            /** Copies the map. */
            public Template {
                values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            }
        }

        /** The account's own text; at least one of the two is there. */
        record Own(@Nullable String html, @Nullable String text) implements Body {}

        /** A whole message in canonical bytes, not to be changed. */
        record Whole(byte[] message) implements Body {}
    }

    /**
     * An attached file.
     *
     * @param content not to be changed
     */
    public record File(String name, String contentType, byte[] content) {}

    /** Whether the content differs from recipient to recipient, so that no two may share a transaction. */
    public boolean personal() {
        return !unsubscribeLanguage.isEmpty();
    }
}
