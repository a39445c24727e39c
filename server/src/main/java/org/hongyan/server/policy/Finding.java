package org.hongyan.server.policy;

/**
 * One thing that the content policy noticed.
 *
 * @param rule identifier, such as {@code C4}; its text is in the message bundles
 * @param severity what it leads to
 * @param place part and position, such as {@code html:12:5} or {@code subject}
 * @param matched the text that matched, shortened to at most 80 characters
 */
public record Finding(String rule, Severity severity, String place, String matched) {

    /** What a finding leads to. */
    public enum Severity {
        /** Told to the author, stops nothing. */
        ADVICE,
        /** A person must look. */
        NEEDS_PERSON,
        /** Refused. */
        REFUSED
    }
}
