package org.hongyan.server.console;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.FlashMapManager;
import org.springframework.web.util.WebUtils;

/**
 * Carries the one {@link Notice} over a redirect in a cookie of a minute, since no node keeps sessions. It is only ever
 * shown as text, so whoever forges it deceives nobody but himself.
 */
final class NoticeCookie implements FlashMapManager {

    static final String NAME = "hongyan_notice";

    private static final Set<String> TONES = Set.of("ok", "wait", "bad");
    private static final int LONGEST = 600;

    @Override
    public @Nullable FlashMap retrieveAndUpdate(HttpServletRequest request, HttpServletResponse response) {
        Cookie cookie = WebUtils.getCookie(request, NAME);
        // A fragment or an asset must not use it up: the page is the one to show it.
        if (cookie == null
                || cookie.getValue().isEmpty()
                || request.getHeader("HX-Request") != null
                || !isPage(request)) {
            return null;
        }
        write(response, "", Duration.ZERO);
        Notice notice = read(cookie.getValue());
        if (notice == null) {
            return null;
        }
        FlashMap map = new FlashMap();
        map.put(Notice.NAME, notice);
        return map;
    }

    @Override
    public void saveOutputFlashMap(FlashMap flashMap, HttpServletRequest request, HttpServletResponse response) {
        if (flashMap.get(Notice.NAME) instanceof Notice notice) {
            String text = notice.text().length() <= LONGEST
                    ? notice.text()
                    : notice.text().substring(0, LONGEST) + "…";
            byte[] octets = (notice.tone() + ":" + text).getBytes(StandardCharsets.UTF_8);
            write(response, Base64.getUrlEncoder().withoutPadding().encodeToString(octets), Duration.ofMinutes(1));
        }
    }

    private static boolean isPage(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return request.getMethod().equals("GET")
                && accept != null
                && accept.contains("text/html")
                && !"iframe".equals(request.getHeader("Sec-Fetch-Dest"));
    }

    private static @Nullable Notice read(String value) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon > 0 && TONES.contains(text.substring(0, colon))
                    ? new Notice(text.substring(0, colon), text.substring(colon + 1))
                    : null;
        } catch (IllegalArgumentException notOurs) {
            return null;
        }
    }

    private static void write(HttpServletResponse response, String value, Duration age) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(NAME, value)
                        .path("/")
                        .httpOnly(true)
                        .sameSite("Lax")
                        .maxAge(age)
                        .build()
                        .toString());
    }
}
