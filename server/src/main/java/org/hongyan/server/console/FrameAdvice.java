package org.hongyan.server.console;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.hongyan.server.account.Account;
import org.hongyan.server.account.Accounts;
import org.hongyan.server.account.ConsoleUser;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.util.UriComponentsBuilder;

/** Puts the {@link Frame} into the model of every page, and leaves the side bar out where only a part is asked for. */
@ControllerAdvice(basePackageClasses = FrameAdvice.class)
@Component
final class FrameAdvice {

    static final String NAME = "frame";

    private final Accounts accounts;
    private final Navigation navigation;
    private final Sandboxed sandboxed;
    private final Badges badges;

    FrameAdvice(Accounts accounts, Navigation navigation, Sandboxed sandboxed, Badges badges) {
        this.badges = badges;
        this.accounts = accounts;
        this.navigation = navigation;
        this.sandboxed = sandboxed;
    }

    @ModelAttribute(NAME)
    Frame frame(HttpServletRequest request, Locale locale) {
        Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String path = failed instanceof String uri ? uri : request.getRequestURI();
        ConsoleUser user = SignedIn.of(SecurityContextHolder.getContext().getAuthentication())
                .orElse(null);
        boolean part = request.getHeader("HX-Request") != null;
        return new Frame(
                locale.getLanguage().equals("zh") ? "zh-Hans" : "en",
                path,
                switchLanguage(request, path),
                user,
                user == null ? "" : accountName(user),
                user != null && user.accountId() == null,
                sandboxed.on(),
                user == null || part ? List.of() : navigation.of(user, path, sandboxed.on()));
    }

    /** Here and not as a bean name, since Thymeleaf forbids bean names in the arguments of fragments. */
    @ModelAttribute("badges")
    Badges badges() {
        return badges;
    }

    private String accountName(ConsoleUser user) {
        return user.accountId() == null
                ? ""
                : accounts.find(user.accountId()).map(Account::name).orElse("");
    }

    private static String switchLanguage(HttpServletRequest request, String path) {
        UriComponentsBuilder here = UriComponentsBuilder.fromPath(path);
        if (request.getMethod().equals("GET") && request.getQueryString() != null) {
            here.query(request.getQueryString()).replaceQueryParam("lang");
        }
        String uri = here.build().toUriString();
        return uri + (uri.indexOf('?') < 0 ? "?lang=" : "&lang=");
    }
}
