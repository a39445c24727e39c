package org.hongyan.server.web;

import org.hongyan.server.account.ConsoleSessions;
import org.hongyan.server.account.ConsoleSessions.SignIn;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Asks the account room whether a login name and password are right. Spring finds it by its type; named in the filter
 * chain as well, it would be asked twice and count each bad password double.
 */
@Component
final class SignInCheck implements AuthenticationProvider {

    private final ConsoleSessions sessions;

    SignInCheck(ConsoleSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        String address = attempt.getDetails() instanceof WebAuthenticationDetails details
                ? details.getRemoteAddress()
                : "unknown";
        String password = attempt.getCredentials() instanceof String text ? text : "";
        return switch (sessions.signIn(attempt.getName(), password, address)) {
            case SignIn.Welcome(var user) -> SessionCookie.authentication(user);
            case SignIn.Wrong() -> throw new BadCredentialsException("wrong name or password");
            case SignIn.Locked(var atMost) -> throw new LockedException("locked for at most " + atMost);
        };
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
