package org.hongyan.server.event;

import java.time.Instant;
import java.util.List;
import org.hongyan.server.account.AccountId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Questions about single messages. Every answer is scoped to the account. Thread-safe. */
@Service
public class MessageHistory {

    /**
     * What to look for; null fields do not matter.
     *
     * @param from inclusive, by the time of acceptance
     * @param until exclusive
     */
    public record Question(
            Instant from,
            Instant until,
            @Nullable MessageId messageId,
            @Nullable String recipient) {}

    /**
     * One line in the life of a mail.
     *
     * @param kind lower-case event name, such as {@code accepted}, {@code deferred}, {@code delivered}
     * @param detail raw reply or other facts
     */
    public record Line(Instant time, String recipient, String kind, String detail) {}

    private final HistoryRepository repository;

    MessageHistory(HistoryRepository repository) {
        this.repository = repository;
    }

    /** Recipients that match, newest first. */
    public List<RecipientStatus> find(AccountId account, Question question, int offset, int limit) {
        return repository.find(account, question, offset, limit);
    }

    /** All recipients of one message; empty when the account has no such message. */
    public List<RecipientStatus> recipients(AccountId account, MessageId messageId) {
        return repository.recipients(account, messageId);
    }

    /** The whole life of one message, oldest first; empty when the account has no such message. */
    public List<Line> lines(AccountId account, MessageId messageId) {
        return repository.lines(account, messageId);
    }
}
