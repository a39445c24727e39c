package org.hongyan.server.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** Error pages in the console's frame: not allowed, not found, broken. They say nothing of the inside. */
@Component
final class ErrorPages implements ErrorViewResolver {

    private static final String VIEW = "console/error/page";

    private final FrameAdvice frames;

    ErrorPages(FrameAdvice frames) {
        this.frames = frames;
    }

    @Override
    public ModelAndView resolveErrorView(HttpServletRequest request, HttpStatus status, Map<String, Object> model) {
        Locale locale = org.springframework.context.i18n.LocaleContextHolder.getLocale();
        return page(status, "/console").addObject(FrameAdvice.NAME, frames.frame(request, locale));
    }

    /**
     * The page for something that the account does not have, which looks the same when another account has it.
     *
     * @param nearest path of the list where it would be
     */
    static ModelAndView notFound(String nearest) {
        return page(HttpStatus.NOT_FOUND, nearest);
    }

    private static ModelAndView page(HttpStatus status, String nearest) {
        return new ModelAndView(
                VIEW, Map.of("kind", kind(status), "status", status.value(), "nearest", nearest), status);
    }

    private static String kind(HttpStatus status) {
        if (status == HttpStatus.FORBIDDEN || status == HttpStatus.UNAUTHORIZED) {
            return "denied";
        }
        if (status == HttpStatus.NOT_FOUND) {
            return "not-found";
        }
        return status.is4xxClientError() ? "unclear" : "broken";
    }
}
