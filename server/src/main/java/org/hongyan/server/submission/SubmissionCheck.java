package org.hongyan.server.submission;

import java.time.Duration;
import java.util.Optional;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.mail.address.NamedAddress;
import org.hongyan.server.account.Account;
import org.hongyan.server.account.AccountState;
import org.hongyan.server.account.Accounts;
import org.hongyan.server.queue.MailContent;
import org.hongyan.server.queue.NewMail;
import org.hongyan.server.queue.RetrySchedule;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.hongyan.server.sender.SenderAddress;
import org.hongyan.server.sender.SenderAddresses;
import org.hongyan.server.sender.SendingDomain;
import org.hongyan.server.sender.SendingDomains;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Every check of a submission that needs no lock, in the order in which the refusals are told: account, sender,
 * recipients, content, policy. Asks the registries' caches; the database at most when one of them is cold. Thread-safe.
 */
@Component
final class SubmissionCheck {

    private static final int LONGEST_KEY = 128;

    private final Accounts accounts;
    private final SendingDomains domains;
    private final SenderAddresses senders;
    private final ContentCheck contents;
    private final RetrySchedule retries;
    private final RecipientRules recipientRules;

    SubmissionCheck(
            Accounts accounts,
            SendingDomains domains,
            SenderAddresses senders,
            ContentCheck contents,
            RetrySchedule retries,
            SubmissionProperties properties) {
        this.accounts = accounts;
        this.domains = domains;
        this.senders = senders;
        this.contents = contents;
        this.retries = retries;
        this.recipientRules = new RecipientRules(properties);
    }

    /** Leaves the happy path in one line each: thrown and caught in this class only. */
    @SuppressWarnings("serial")
    private static final class Declined extends Exception {
        private final transient Refusal refusal;

        Declined(Refusal refusal) {
            super("", null, false, false);
            this.refusal = refusal;
        }
    }

    Outcome<CheckedMail> check(Submission submission) {
        try {
            return Outcome.done(checked(submission));
        } catch (Declined declined) {
            return Outcome.refused(declined.refusal);
        }
    }

    private CheckedMail checked(Submission submission) throws Declined {
        Account account = account(submission);
        NamedAddress author = author(submission);
        SendingDomain domain = domain(submission, author);
        RecipientRules.Recipients recipients = orDecline(recipientRules.check(submission));
        @Nullable EmailAddress replyTo = replyTo(submission.replyTo());
        decline(HeaderRules.check(submission.headers()));
        ContentCheck.Checked content = orDecline(contents.check(account, author, submission));
        MailContent stored = new MailContent(
                content.author(),
                recipients.to(),
                recipients.cc(),
                submission.subject(),
                replyTo,
                content.body(),
                content.files(),
                submission.unsubscribe().languageTag(),
                submission.headers());
        NewMail mail = NewMail.of(
                submission.account(), domain.id(), submission.trigger(), life(submission), recipients.all(), stored);
        return new CheckedMail(
                mail, domain.name(), author.address().toString(), content.subject(), idempotency(submission));
    }

    private Account account(Submission submission) throws Declined {
        Optional<Account> account = accounts.find(submission.account());
        if (account.isEmpty()) {
            throw new Declined(new Refusal.AccountNotActive("unknown"));
        }
        if (account.get().state() != AccountState.ACTIVATED) {
            throw new Declined(
                    new Refusal.AccountNotActive(account.get().state().name()));
        }
        return account.get();
    }

    /** The author with the name that recipients see: the one given, else the address's own. */
    private NamedAddress author(Submission submission) throws Declined {
        NamedAddress given;
        try {
            given = NamedAddress.parse(submission.from());
        } catch (IllegalArgumentException malformed) {
            throw new Declined(
                    new Refusal.AddressMalformed("from", submission.from(), String.valueOf(malformed.getMessage())));
        }
        SenderAddress sender = senders.find(submission.account(), given.address())
                .orElseThrow(() ->
                        new Declined(new Refusal.SenderUnknown(given.address().toString())));
        if (given.displayName() != null || sender.alias().isBlank()) {
            return given;
        }
        return new NamedAddress(sender.alias(), given.address());
    }

    private SendingDomain domain(Submission submission, NamedAddress author) throws Declined {
        String name = author.address().domain().ascii();
        SendingDomain domain = domains.find(author.address().domain())
                .filter(found -> found.accountId().equals(submission.account()))
                .orElseThrow(() -> new Declined(new Refusal.DomainUnknown(name)));
        return switch (domain.state()) {
            case VERIFIED, ABNORMAL -> domain;
            case PENDING -> throw new Declined(new Refusal.DomainNotVerified(name));
            case REFUSED ->
                throw new Declined(new Refusal.DomainAbnormal(
                        name, domain.abnormalSince() == null ? domain.createdAt() : domain.abnormalSince()));
        };
    }

    private static @Nullable EmailAddress replyTo(@Nullable String given) throws Declined {
        if (given == null) {
            return null;
        }
        try {
            return EmailAddress.parse(given);
        } catch (IllegalArgumentException malformed) {
            throw new Declined(new Refusal.AddressMalformed("replyTo", given, String.valueOf(malformed.getMessage())));
        }
    }

    private Duration life(Submission submission) throws Declined {
        Duration longest = retries.life(submission.trigger());
        Duration wanted = submission.timeToLive();
        if (wanted == null) {
            return longest;
        }
        if (wanted.isNegative() || wanted.isZero()) {
            throw new Declined(new Refusal.FieldIllegal("timeToLive", wanted.toString(), "> 0"));
        }
        return wanted.compareTo(longest) < 0 ? wanted : longest;
    }

    private static CheckedMail.@Nullable Idempotency idempotency(Submission submission) throws Declined {
        String key = submission.idempotencyKey();
        if (key == null) {
            return null;
        }
        boolean plain = key.chars().allMatch(c -> c > ' ' && c < 127);
        if (key.isEmpty() || key.length() > LONGEST_KEY || !plain) {
            throw new Declined(new Refusal.FieldIllegal("idempotencyKey", key, "1 … 128 printable ASCII characters"));
        }
        return new CheckedMail.Idempotency(key, ContentHash.of(submission));
    }

    private static <T> T orDecline(Outcome<T> outcome) throws Declined {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(Refusal refusal) -> throw new Declined(refusal);
        };
    }

    private static void decline(Optional<Refusal> refusal) throws Declined {
        if (refusal.isPresent()) {
            throw new Declined(refusal.get());
        }
    }
}
