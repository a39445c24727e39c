package org.hongyan.server.web;

import static org.springframework.security.authorization.AuthorityAuthorizationManager.hasAnyRole;
import static org.springframework.security.authorization.AuthorityAuthorizationManager.hasRole;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.hongyan.server.account.ConsoleUser;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRequestHandler;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;

/** Which path asks for whom. What is not named here asks for somebody signed in. */
@EnableWebSecurity
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebProperties.class)
class WebSecurity {

    private static final String LOGIN = "/login";

    /** For answers whose door has not set a policy of its own. */
    private static final String CONTENT_POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none';"
            + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    @Bean
    SecurityFilterChain securityFilterChain(HttpSecurity http, SessionCookie cookie, Environment environment)
            throws Exception {
        boolean sandbox = environment.acceptsProfiles(Profiles.of("sandbox"));
        RequestCache wanted = wantedPages();
        http.authorizeHttpRequests(paths -> {
                    paths.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC)
                            .permitAll();
                    // The API at / checks signatures itself; /u and /t check the tokens in their paths.
                    paths.requestMatchers("/", LOGIN, "/activate/**", "/u/**", "/t/**")
                            .permitAll();
                    paths.requestMatchers("/webjars/**", "/assets/**", "/favicon.ico", "/error")
                            .permitAll();
                    paths.requestMatchers("/actuator/health/**").permitAll();
                    paths.requestMatchers("/actuator/**").hasRole("OPERATOR");
                    if (sandbox) {
                        paths.requestMatchers("/sandbox/**")
                                .access((user, context) ->
                                        new AuthorizationDecision(LoopbackOnly.admits(context.getRequest())));
                    }
                    paths.requestMatchers("/operator", "/operator/reviews/**")
                            .access(hasAnyRole("OPERATOR", "REVIEWER"));
                    paths.requestMatchers("/operator/**").access(hasRole("OPERATOR"));
                    paths.requestMatchers("/console/**").access(hasAnyRole("OWNER", "MEMBER"));
                    paths.anyRequest().authenticated();
                })
                .securityContext(context -> context.securityContextRepository(cookie))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.requestCache(wanted))
                .formLogin(form -> form.loginPage(LOGIN)
                        .successHandler((request, response, user) -> welcome(wanted, request, response, user))
                        .failureHandler(WebSecurity::refuse))
                .logout(logout -> logout.logoutSuccessUrl(LOGIN + "?logout"))
                .exceptionHandling(errors -> errors.authenticationEntryPoint(WebSecurity::sendToLogin))
                .csrf(csrf -> {
                    csrf.csrfTokenRepository(csrfCookie());
                    csrf.csrfTokenRequestHandler(atOnce());
                    csrf.ignoringRequestMatchers("/", "/u/**", "/t/**", "/sandbox/api/**");
                })
                .headers(headers -> {
                    headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY));
                    // Framing is the content policy's affair: this older header would forbid our own previews.
                    headers.frameOptions(frames -> frames.sameOrigin());
                    headers.referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN));
                });
        return http.build();
    }

    private static CookieCsrfTokenRepository csrfCookie() {
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName("hongyan_csrf");
        tokens.setCookieCustomizer(cookie -> cookie.httpOnly(true).sameSite("Lax"));
        return tokens;
    }

    /** The token is made before the page is written: once its first bytes are out, no cookie can follow. */
    private static CsrfTokenRequestHandler atOnce() {
        CsrfTokenRequestHandler masked = new XorCsrfTokenRequestAttributeHandler();
        return (request, response, token) -> {
            masked.handle(request, response, token);
            request.setAttribute(CsrfToken.class.getName(), token.get());
        };
    }

    /** Remembers the page that a stranger asked for, to show it after the sign-in; fragments and forms are no pages. */
    private static RequestCache wantedPages() {
        CookieRequestCache cache = new CookieRequestCache();
        cache.setRequestMatcher(request -> "GET".equals(request.getMethod())
                && request.getHeader("HX-Request") == null
                && (request.getRequestURI().startsWith("/console")
                        || request.getRequestURI().startsWith("/operator")));
        return cache;
    }

    private static void welcome(
            RequestCache wanted, HttpServletRequest request, HttpServletResponse response, Authentication signedIn)
            throws IOException {
        if (!(signedIn.getPrincipal() instanceof ConsoleUser user)) {
            throw new IllegalStateException("signed in as something else than a console user");
        }
        String home = switch (user.role()) {
            case OPERATOR -> "/operator";
            case REVIEWER -> "/operator/reviews";
            case OWNER, MEMBER -> "/console";
        };
        @Nullable SavedRequest page = wanted.getRequest(request, response);
        wanted.removeRequest(request, response);
        String path = page == null ? home : pathOf(page.getRedirectUrl());
        // A page of the other hat would only say "not allowed".
        boolean fits = path.startsWith(user.role().runsTheService() ? "/operator" : "/console");
        response.sendRedirect(fits ? path : home);
    }

    /** Only the path: the host in the remembered address came from a header. */
    private static String pathOf(String url) {
        int path = url.indexOf('/', url.indexOf("://") + 3);
        return path < 0 ? "/" : url.substring(path);
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        response.sendRedirect(LOGIN + (e instanceof LockedException ? "?error=locked" : "?error"));
    }

    private static void sendToLogin(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        if (request.getHeader("HX-Request") != null) {
            // htmx follows a redirect and would put the sign-in page into the fragment's place.
            response.setHeader("HX-Redirect", LOGIN);
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
        } else if (request.getRequestURI().startsWith("/sandbox/")) {
            // Nobody can sign in to this: it is for this machine only, or not there at all.
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        } else {
            response.sendRedirect(LOGIN);
        }
    }
}
