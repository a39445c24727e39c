package org.hongyan.server.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/** Text of an uploaded file: UTF-8, or GB 18030 where it is not, as Chinese editors still save. */
final class UploadedText {

    private static final Charset CHINESE = Charset.forName("GB18030");

    private UploadedText() {}

    /** Empty when no file was chosen. */
    static Optional<String> of(@Nullable MultipartFile file) {
        if (file == null || file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(decode(file.getBytes()));
        } catch (IOException brokenUpload) {
            throw new UncheckedIOException(brokenUpload);
        }
    }

    static String decode(byte[] octets) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            text = new String(octets, CHINESE);
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
