package org.hongyan.server.refusal;

/**
 * What an operation of a room gave: its value, or the refusal with nothing changed.
 *
 * @param <T> what is given when it was done
 */
public sealed interface Outcome<T> {

    /** It was done. */
    record Done<T>(T value) implements Outcome<T> {}

    /** It was declined, and nothing has changed. */
    record Refused<T>(Refusal refusal) implements Outcome<T> {}

    /** {@link Done} with this value. */
    static <T> Outcome<T> done(T value) {
        return new Done<>(value);
    }

    /** {@link Refused} for this reason. */
    static <T> Outcome<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }
}
