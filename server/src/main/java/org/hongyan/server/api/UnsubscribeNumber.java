package org.hongyan.server.api;

import java.util.Optional;
import org.hongyan.server.submission.Submission;
import org.jspecify.annotations.Nullable;

/** The reference's numbers for languages of the unsubscribe link: a string, "0" none, "1" zh-CN … "12" vi. */
final class UnsubscribeNumber {

    private UnsubscribeNumber() {}

    /** Empty when it is none of them; absent means none. */
    static Optional<Submission.Unsubscribe> parse(@Nullable String number) {
        if (number == null || number.isEmpty()) {
            return Optional.of(Submission.Unsubscribe.NONE);
        }
        Submission.Unsubscribe[] all = Submission.Unsubscribe.values();
        for (int i = 0; i < all.length; i++) {
            if (number.equals(Integer.toString(i))) {
                return Optional.of(all[i]);
            }
        }
        return Optional.empty();
    }
}
