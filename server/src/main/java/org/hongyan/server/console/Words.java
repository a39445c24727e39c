package org.hongyan.server.console;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Texts for code that must say something itself, in the language of the request. Thread-safe. */
@Component
final class Words {

    private final MessageSource bundle;

    Words(MessageSource bundle) {
        this.bundle = bundle;
    }

    /** The text of that key; a missing key is a bug and throws. */
    String of(String key, Object... facts) {
        return bundle.getMessage(key, facts, LocaleContextHolder.getLocale());
    }

    /** The text of that key, or else of another that always exists. */
    String orElse(String key, String otherKey, Object... facts) {
        String text = bundle.getMessage(key, facts, null, LocaleContextHolder.getLocale());
        return text != null ? text : of(otherKey, facts);
    }
}
