package org.hongyan.server.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64 content of a template, both ways.
 *
 * @param html base64 of UTF-8; null for none
 * @param text base64 of UTF-8; null for none
 */
record TemplateContent(@Nullable String html, @Nullable String text) {

    /** The content is not base64 of UTF-8. */
    @SuppressWarnings("serial")
    static final class Malformed extends Exception {
        Malformed() {
            super("not base64 of UTF-8", null, false, false);
        }
    }

    static TemplateContent encode(@Nullable String html, @Nullable String text) {
        return new TemplateContent(encode(html), encode(text));
    }

    @Nullable
    String decodedHtml() throws Malformed {
        return decode(html);
    }

    @Nullable
    String decodedText() throws Malformed {
        return decode(text);
    }

    /** Null for null and for nothing. */
    static @Nullable String decode(@Nullable String base64) throws Malformed {
        if (base64 == null || base64.isEmpty()) {
            return null;
        }
        try {
            byte[] octets = Base64.getDecoder().decode(base64.replace("\r", "").replace("\n", ""));
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException notBase64) {
            throw new Malformed();
        }
    }

    private static @Nullable String encode(@Nullable String text) {
        return text == null ? null : Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
