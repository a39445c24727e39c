package org.hongyan.server.console;

import org.hongyan.server.account.AccountId;
import org.hongyan.server.account.ConsoleUser;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives page methods the {@link Member} or the {@link ConsoleUser}; refuses where there is none. */
final class SignedInResolver implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Member.class || parameter.getParameterType() == ConsoleUser.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        ConsoleUser user = SignedIn.of(SecurityContextHolder.getContext().getAuthentication())
                .orElseThrow(() -> new AccessDeniedException("nobody is signed in"));
        if (parameter.getParameterType() == ConsoleUser.class) {
            return user;
        }
        AccountId account = user.accountId();
        if (account == null) {
            throw new AccessDeniedException("this user belongs to no account");
        }
        return new Member(user, account);
    }
}
