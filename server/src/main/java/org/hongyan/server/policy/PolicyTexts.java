package org.hongyan.server.policy;

import java.util.Locale;
import java.util.ResourceBundle;

/** Words for people about the rules, in English and Chinese. */
public final class PolicyTexts {

    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private PolicyTexts() {}

    /** Name of a rule, by the identifier in {@link Finding#rule}. */
    public static String name(String rule, Locale locale) {
        return text("policy." + rule, rule, locale);
    }

    /** What to do about a finding of it. */
    public static String advice(String rule, Locale locale) {
        return text("policy." + rule + ".advice", "", locale);
    }

    /** Name of a severity. */
    public static String name(Finding.Severity severity, Locale locale) {
        return text("policy.severity." + severity, severity.name(), locale);
    }

    private static String text(String key, String fallback, Locale locale) {
        // All Chinese is served by the bundle of the mainland.
        Locale served = locale.getLanguage().equals("zh") ? Locale.SIMPLIFIED_CHINESE : Locale.ROOT;
        ResourceBundle bundle = ResourceBundle.getBundle("i18n/policy/messages", served, NO_FALLBACK);
        return bundle.containsKey(key) ? bundle.getString(key) : fallback;
    }
}
