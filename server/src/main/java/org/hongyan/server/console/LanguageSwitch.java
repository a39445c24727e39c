package org.hongyan.server.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.support.RequestContextUtils;

/** {@code ?lang=zh} or {@code ?lang=en} on any page turns this browser to that language. */
final class LanguageSwitch implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String wanted = request.getMethod().equals("GET") ? request.getParameter("lang") : null;
        if (wanted != null && (wanted.equals("zh") || wanted.equals("en"))) {
            var languages = RequestContextUtils.getLocaleResolver(request);
            if (languages instanceof ConsoleLanguage) {
                languages.setLocale(request, response, ConsoleLanguage.of(wanted));
                org.springframework.context.i18n.LocaleContextHolder.setLocale(ConsoleLanguage.of(wanted));
            }
        }
        return true;
    }
}
