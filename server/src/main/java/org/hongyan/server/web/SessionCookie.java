package org.hongyan.server.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.hongyan.server.account.ConsoleSessions;
import org.hongyan.server.account.ConsoleUser;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/**
 * Ties a browser to its session by a cookie. Nothing is kept in the servlet container, so any node can serve any
 * request. A sign-in always gets a fresh token: one that was planted beforehand is worth nothing.
 */
@Component
final class SessionCookie implements SecurityContextRepository {

    static final String NAME = "hongyan_session";

    private final ConsoleSessions sessions;

    SessionCookie(ConsoleSessions sessions) {
        this.sessions = sessions;
    }

    /** Who a request's authentication is, in Spring's terms. */
    static Authentication authentication(ConsoleUser user) {
        return UsernamePasswordAuthenticationToken.authenticated(
                user, null, AuthorityUtils.createAuthorityList("ROLE_" + user.role()));
    }

    /** Looked up only when somebody asks: assets and public pages cost no query. */
    @Override
    public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
        return new Lookup(() -> token(request).flatMap(sessions::find));
    }

    /** The older way to ask, which Spring still declares. */
    @Override
    @SuppressWarnings("deprecation")
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        return loadDeferredContext(holder.getRequest()).get();
    }

    /** Called at sign-in with whoever signed in, and at sign-out with nobody. */
    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        token(request).ifPresent(sessions::close);
        Authentication authentication = context.getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof ConsoleUser user) {
            set(request, response, sessions.open(user), Duration.ofSeconds(-1));
        } else {
            set(request, response, "", Duration.ZERO);
        }
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
        return token(request).isPresent();
    }

    private static Optional<String> token(HttpServletRequest request) {
        return Optional.ofNullable(WebUtils.getCookie(request, NAME))
                .map(Cookie::getValue)
                .filter(text -> !text.isEmpty() && text.length() <= 100);
    }

    private static void set(HttpServletRequest request, HttpServletResponse response, String value, Duration maxAge) {
        ResponseCookie cookie = ResponseCookie.from(NAME, value)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax")
                .path("/")
                .maxAge(maxAge)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }

    /** One look at the database for a request, at the first question. */
    private static final class Lookup implements DeferredSecurityContext {

        private final Supplier<Optional<ConsoleUser>> user;
        private @Nullable SecurityContext context;
        private boolean found;

        Lookup(Supplier<Optional<ConsoleUser>> user) {
            this.user = user;
        }

        @Override
        public SecurityContext get() {
            SecurityContext known = context;
            if (known != null) {
                return known;
            }
            Optional<ConsoleUser> signedIn = user.get();
            found = signedIn.isPresent();
            SecurityContext fresh = signedIn.<SecurityContext>map(
                            someone -> new SecurityContextImpl(authentication(someone)))
                    .orElseGet(SecurityContextHolder::createEmptyContext);
            context = fresh;
            return fresh;
        }

        @Override
        public boolean isGenerated() {
            get();
            return !found;
        }
    }
}
