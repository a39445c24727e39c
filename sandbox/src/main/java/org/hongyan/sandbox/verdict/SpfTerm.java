package org.hongyan.sandbox.verdict;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** One term of an SPF record (RFC 7208 §4.6.1) whose syntax has been checked. */
sealed interface SpfTerm {

    /** Adds its qualifier's result when it matches. */
    sealed interface Mechanism extends SpfTerm {
        SpfResult result();

        String text();
    }

    record All(SpfResult result, String text) implements Mechanism {}

    record Include(SpfResult result, String text, String domainSpec) implements Mechanism {}

    record Address(SpfResult result, String text, @Nullable String domainSpec, int prefix4, int prefix6)
            implements Mechanism {}

    record Exchangers(
            SpfResult result, String text, @Nullable String domainSpec, int prefix4, int prefix6)
            implements Mechanism {}

    record Pointer(SpfResult result, String text, @Nullable String domainSpec) implements Mechanism {}

    record Network(SpfResult result, String text, InetAddress address, int prefix) implements Mechanism {}

    record Exists(SpfResult result, String text, String domainSpec) implements Mechanism {}

    record Redirect(String domainSpec) implements SpfTerm {}

    /** Modifiers that have no part in the result: {@code exp} and unknown ones. */
    record Ignored(String text) implements SpfTerm {}
}
