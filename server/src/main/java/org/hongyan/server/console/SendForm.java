package org.hongyan.server.console;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.submission.Submission;
import org.hongyan.server.submission.Submission.Unsubscribe;
import org.jspecify.annotations.Nullable;

/**
 * The form of an ordinary send as it was filled in; null where the browser sent nothing.
 *
 * @param filledFor template for which subject and variables were filled in; when it is another than the chosen one, they
 *     are filled in anew
 * @param to one address a line
 * @param unsubscribe {@code on} when unsubscribe management is wanted
 * @param language BCP 47 tag of the unsubscribe link
 * @param trigger {@code on} for mail that overtakes bulk mail
 * @param minutes time to live
 * @param key made with the form, so that pressing the button twice sends once
 */
record SendForm(
        @Nullable String from,
        @Nullable Long template,
        @Nullable Long filledFor,
        @Nullable String subject,
        @Nullable String to,
        @Nullable String variables,
        @Nullable String unsubscribe,
        @Nullable String language,
        @Nullable String trigger,
        @Nullable String minutes,
        @Nullable String key) {

    private static final int LONGEST_KEY = 60;

    List<String> lines() {
        return to == null ? List.of() : to.lines().map(String::strip).toList();
    }

    public boolean unsubscribes() {
        return unsubscribe != null;
    }

    SendForm filled(String newSubject, String newVariables) {
        return new SendForm(
                from, template, template, newSubject, to, newVariables, unsubscribe, language, trigger, minutes, key);
    }

    /** Empty when the field is empty; throws nothing: what is no number of minutes is for the caller to refuse. */
    boolean minutesLegal() {
        return minutes == null || minutes.isBlank() || minutes.strip().matches("[1-9][0-9]{0,4}");
    }

    /** One mail to one person; each recipient of the console gets a mail of their own. */
    Submission submission(AccountId account, String recipient) {
        return new Submission(
                account,
                Submission.Via.CONSOLE,
                from == null ? "" : from,
                List.of(recipient),
                List.of(),
                List.of(),
                subject == null || subject.isBlank() ? null : subject.strip(),
                null,
                new Submission.Content.Templated(
                        template == null ? 0 : template, variables == null || variables.isBlank() ? "{}" : variables),
                List.of(),
                unsubscribes() ? chosenLanguage() : Unsubscribe.NONE,
                trigger != null,
                Map.of(),
                idempotencyKey(recipient),
                minutes == null || minutes.isBlank() || !minutesLegal()
                        ? null
                        : Duration.ofMinutes(Long.parseLong(minutes.strip())));
    }

    private @Nullable String idempotencyKey(String recipient) {
        if (key == null || key.isBlank() || key.length() > LONGEST_KEY) {
            return null;
        }
        return "console:" + key + ":" + Integer.toHexString(recipient.hashCode());
    }

    private Unsubscribe chosenLanguage() {
        for (Unsubscribe one : Unsubscribe.values()) {
            if (one != Unsubscribe.NONE && one.languageTag().equals(language)) {
                return one;
            }
        }
        return Unsubscribe.ZH_CN;
    }
}
