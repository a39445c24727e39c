package org.hongyan.server.api;

import java.util.function.Function;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;

/** What an action answers. */
sealed interface ActionResult {

    /** @param response its components are the fields of the answer */
    record Ok(Record response) implements ActionResult {}

    /** The action declined, and changed nothing. */
    record Failed(TencentError error) implements ActionResult {}

    /** The answer of actions that return nothing but a request id. */
    record Nothing() {}

    static ActionResult ok(Record response) {
        return new Ok(response);
    }

    static ActionResult nothing() {
        return new Ok(new Nothing());
    }

    static ActionResult failed(TencentError error) {
        return new Failed(error);
    }

    static ActionResult refused(Refusal refusal) {
        return new Failed(TencentErrors.of(refusal));
    }

    /** The outcome of a room, its value made into an answer. */
    static <T> ActionResult of(Outcome<T> outcome, Function<T, Record> answer) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> ok(answer.apply(value));
            case Outcome.Refused<T>(Refusal refusal) -> refused(refusal);
        };
    }
}
