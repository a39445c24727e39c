package org.hongyan.server.console;

import java.util.Optional;
import org.hongyan.server.account.ConsoleUser;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/** Who sits before the console. */
final class SignedIn {

    private SignedIn() {}

    /** Empty for a stranger. */
    static Optional<ConsoleUser> of(@Nullable Authentication authentication) {
        return authentication != null && authentication.getPrincipal() instanceof ConsoleUser user
                ? Optional.of(user)
                : Optional.empty();
    }
}
