package org.hongyan.server.console;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.WebUtils;

/**
 * Which of the two languages a page is in: what this browser chose, else what the signed-in person has set, else what
 * the browser asks for, else Chinese.
 */
final class ConsoleLanguage implements LocaleResolver {

    static final String COOKIE = "hy-lang";

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        Object switched = request.getAttribute(COOKIE);
        if (switched instanceof Locale locale) {
            return locale;
        }
        Cookie chosen = WebUtils.getCookie(request, COOKIE);
        if (chosen != null && !chosen.getValue().isEmpty()) {
            return of(chosen.getValue());
        }
        return SignedIn.of(SecurityContextHolder.getContext().getAuthentication())
                .map(user -> of(user.language()))
                .orElseGet(() -> asked(request));
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        if (response == null || locale == null) {
            throw new IllegalArgumentException("a language is chosen for a response");
        }
        request.setAttribute(COOKIE, locale);
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(COOKIE, tag(locale))
                        .path("/")
                        .maxAge(Duration.ofDays(365))
                        .sameSite("Lax")
                        .build()
                        .toString());
    }

    /** {@code zh…} is Chinese, anything else English. */
    static Locale of(String tag) {
        return tag.toLowerCase(Locale.ROOT).startsWith("zh") ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH;
    }

    /** {@code zh-CN} or {@code en}. */
    static String tag(Locale locale) {
        return locale.getLanguage().equals("zh") ? "zh-CN" : "en";
    }

    private static Locale asked(HttpServletRequest request) {
        if (request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null) {
            return Locale.SIMPLIFIED_CHINESE;
        }
        for (Locale locale : Collections.list(request.getLocales())) {
            if (locale.getLanguage().equals("zh")) {
                return Locale.SIMPLIFIED_CHINESE;
            }
            if (locale.getLanguage().equals("en")) {
                return Locale.ENGLISH;
            }
        }
        return Locale.SIMPLIFIED_CHINESE;
    }
}
