package org.hongyan.mail.message;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hongyan.mail.address.EmailAddress;
import org.jspecify.annotations.Nullable;

/**
 * The header fields by which a mail program offers to unsubscribe with one click (RFC 2369 §3.2, RFC 8058). They only
 * count when the DKIM signature covers them; {@code DkimSigner} does.
 *
 * <p>Immutable.
 */
public final class ListUnsubscribe {

    /** Name of the field with the ways to unsubscribe. */
    public static final String FIELD = "List-Unsubscribe";

    /** Name of the field that says a POST is enough. */
    public static final String POST_FIELD = "List-Unsubscribe-Post";

    /** The only value of {@link #POST_FIELD}, and the body of the POST. */
    public static final String ONE_CLICK = "List-Unsubscribe=One-Click";

    private final URI link;
    private final @Nullable EmailAddress mailbox;

    private ListUnsubscribe(URI link, @Nullable EmailAddress mailbox) {
        this.link = link;
        this.mailbox = mailbox;
    }

    /**
     * By POST to a link, which must identify recipient and list by itself: no cookie and no login come with it.
     *
     * @param link absolute; RFC 8058 wants https, plain http is allowed for trials without certificates
     * @throws IllegalArgumentException when it is neither, or has no host
     */
    public static ListUnsubscribe byLink(URI link) {
        boolean web = "https".equalsIgnoreCase(link.getScheme()) || "http".equalsIgnoreCase(link.getScheme());
        if (!web || link.getHost() == null) {
            throw new IllegalArgumentException("an unsubscribe link is an absolute https address");
        }
        return new ListUnsubscribe(link, null);
    }

    /** By the same link, or by a mail to {@code mailbox}. */
    public ListUnsubscribe orByMailTo(EmailAddress mailbox) {
        return new ListUnsubscribe(link, mailbox);
    }

    /** The value of {@link #FIELD}. */
    public String value() {
        String byLink = "<" + link.toASCIIString() + ">";
        // A comma or an angle bracket in the address would end the item for a simple reader.
        return mailbox == null ? byLink : byLink + ", <mailto:" + escaped(mailbox.toString()) + ">";
    }

    /** The value of {@link #POST_FIELD}. */
    public String postValue() {
        return ONE_CLICK;
    }

    /** Both fields, ready for {@link MessageBuilder#header}. */
    public List<HeaderField> fields() {
        return List.of(new HeaderField(FIELD, value()), new HeaderField(POST_FIELD, postValue()));
    }

    /** RFC 6068 §2: everything but unreserved characters and the at sign is percent-encoded. */
    private static String escaped(String address) {
        StringBuilder out = new StringBuilder();
        for (byte b : address.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~@+=".indexOf(c) >= 0;
            if (plain) {
                out.append(c);
            } else {
                out.append(String.format("%%%02X", (int) c));
            }
        }
        return out.toString();
    }
}
