package org.hongyan.server.policy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hongyan.server.policy.ContentPolicy.Part;
import org.hongyan.server.policy.Finding.Severity;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** C2: no QR codes, neither in images that the HTML carries in itself nor in files. Images elsewhere are not fetched. */
final class ImageRule {

    private static final Set<String> IMAGE_ENDINGS =
            Set.of("png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "svg", "heic", "avif", "ico");

    private static final Pattern DATA_IN_STYLE =
            Pattern.compile("url\\s*\\(\\s*[\"']?(data:image/[^)\"']{1,8000000})", Pattern.CASE_INSENSITIVE);

    private final QrCodes codes;
    private final PolicyProperties settings;

    ImageRule(PolicyProperties settings) {
        this.codes = new QrCodes(settings.mostPixels());
        this.settings = settings;
    }

    private record Image(String place, byte[] bytes) {}

    List<Finding> examine(Content content, List<Part> parts) {
        List<Image> images = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        Document html = content.html();
        if (html != null) {
            for (Element element : html.getAllElements()) {
                for (String uri : dataUris(element)) {
                    Optional<byte[]> bytes = decoded(uri);
                    if (bytes.isPresent()) {
                        images.add(new Image(content.placeOf(element), bytes.get()));
                    } else {
                        findings.add(notSeen(content.placeOf(element), uri));
                    }
                }
            }
        }
        for (Part part : parts) {
            if (isImage(part)) {
                images.add(new Image("file:" + part.fileName(), part.content()));
            }
        }
        examine(images, findings);
        return findings;
    }

    private void examine(List<Image> images, List<Finding> findings) {
        long pixels = 0;
        for (Image image : images) {
            pixels += QrCodes.pixels(image.bytes()).orElse(0L);
            if (pixels > settings.mostPixelsInAll()) {
                findings.add(notSeen(image.place(), ""));
                return;
            }
            switch (codes.look(image.bytes())) {
                case QrCodes.Sight.Code(String text) ->
                    findings.add(new Finding(PolicyRule.C2, Severity.REFUSED, image.place(), text));
                case QrCodes.Sight.NotSeen() -> findings.add(notSeen(image.place(), ""));
                case QrCodes.Sight.Clear() -> {}
            }
        }
    }

    private static Finding notSeen(String place, String uri) {
        return new Finding(PolicyRule.C2, Severity.NEEDS_PERSON, place, uri);
    }

    private static List<String> dataUris(Element element) {
        List<String> uris = new ArrayList<>();
        for (String attribute : List.of("src", "background", "href", "xlink:href", "poster")) {
            String value = element.attr(attribute).strip();
            if (value.regionMatches(true, 0, "data:image", 0, "data:image".length())) {
                uris.add(value);
            }
        }
        addFromStyle(element.attr("style"), uris);
        if (element.nameIs("style")) {
            addFromStyle(element.data(), uris);
        }
        return uris;
    }

    private static void addFromStyle(String style, List<String> uris) {
        Matcher matcher = DATA_IN_STYLE.matcher(style);
        while (matcher.find()) {
            uris.add(matcher.group(1));
        }
    }

    /** The octets of a data URI (RFC 2397). */
    private static Optional<byte[]> decoded(String uri) {
        int comma = uri.indexOf(',');
        if (comma < 0) {
            return Optional.empty();
        }
        boolean base64 = uri.substring(0, comma).toLowerCase(Locale.ROOT).endsWith(";base64");
        try {
            String data = uri.substring(comma + 1);
            return Optional.of(
                    base64
                            ? Base64.getMimeDecoder()
                                    .decode(data.replace("%2B", "+")
                                            .replace("%2F", "/")
                                            .replace("%3D", "="))
                            : URLDecoder.decode(data.replace("+", "%2B"), StandardCharsets.ISO_8859_1)
                                    .getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static boolean isImage(Part part) {
        String name = part.fileName().toLowerCase(Locale.ROOT);
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return part.contentType().toLowerCase(Locale.ROOT).startsWith("image/")
                || IMAGE_ENDINGS.contains(ending)
                || looksLikeImage(part.content());
    }

    /** A file under a false name is what it is: PNG, JPEG, GIF. */
    private static boolean looksLikeImage(byte[] content) {
        return startsWith(content, 0x89, 'P', 'N', 'G')
                || startsWith(content, 0xFF, 0xD8, 0xFF)
                || startsWith(content, 'G', 'I', 'F', '8');
    }

    private static boolean startsWith(byte[] content, int... octets) {
        if (content.length < octets.length) {
            return false;
        }
        for (int i = 0; i < octets.length; i++) {
            if ((content[i] & 0xFF) != octets[i]) {
                return false;
            }
        }
        return true;
    }
}
