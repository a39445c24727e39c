package org.hongyan.server.submission;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.hongyan.server.event.MessageId;
import org.hongyan.server.refusal.Refusal;

/** A checked mail whose caller waits for its group's commit. Thread-safe. */
final class Pending {

    private enum State {
        WAITING,
        TAKEN,
        GIVEN_UP
    }

    private final CheckedMail mail;
    private final CompletableFuture<Acceptance> answer = new CompletableFuture<>();
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    Pending(CheckedMail mail) {
        this.mail = mail;
    }

    CheckedMail mail() {
        return mail;
    }

    CompletableFuture<Acceptance> answer() {
        return answer;
    }

    /** The writer takes it; false when the caller has given up. */
    boolean take() {
        return state.compareAndSet(State.WAITING, State.TAKEN);
    }

    /** The caller gives up; false when the writer has it already, so that its answer must be awaited. */
    boolean giveUp() {
        return state.compareAndSet(State.WAITING, State.GIVEN_UP);
    }

    void accept(MessageId messageId) {
        answer.complete(new Acceptance.Accepted(messageId));
    }

    void refuse(Refusal refusal) {
        answer.complete(new Acceptance.Refused(refusal));
    }
}
