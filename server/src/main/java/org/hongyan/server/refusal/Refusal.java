package org.hongyan.server.refusal;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Everything the service declines, as facts. A new case does not compile until every door has words for it.
 *
 * <p>{@code field} names the caller's input in the neutral spelling of the console form ({@code from}, {@code to},
 * {@code subject}, {@code variables} …); doors map it to their own.
 */
public sealed interface Refusal {

    /** The input that was declined; empty when it is no single one. */
    default String field() {
        return "";
    }

    // Input in general

    /** A required input is missing or empty. */
    record FieldMissing(String field) implements Refusal {}

    /** An input has a value outside of what is allowed. */
    record FieldIllegal(String field, String given, String allowed) implements Refusal {}

    /** A text is not valid base64. */
    record NotBase64(String field) implements Refusal {}

    // Accounts

    /** The account is not activated, or suspended. */
    record AccountNotActive(String state) implements Refusal {}

    /** The user has no right to do this. */
    record NotPermitted(String action) implements Refusal {}

    // Sending domains

    /** Not a host name. */
    record DomainMalformed(String given, String problem) implements Refusal {
        @Override
        public String field() {
            return "domain";
        }
    }

    /** A name under which anybody may register, such as {@code com.cn}. */
    record DomainIsPublicSuffix(String name) implements Refusal {
        @Override
        public String field() {
            return "domain";
        }
    }

    /** The account has this domain already. */
    record DomainExists(String name) implements Refusal {
        @Override
        public String field() {
            return "domain";
        }
    }

    /** Another account has this domain. */
    record DomainTaken(String name) implements Refusal {
        @Override
        public String field() {
            return "domain";
        }
    }

    /** The domain's MX points to an enterprise mailbox service, whose records would clash with ours. */
    record DomainAtEnterpriseMailbox(String name, String exchange) implements Refusal {
        @Override
        public String field() {
            return "domain";
        }
    }

    /** The account has as many domains as it may have. */
    record TooManyDomains(int limit) implements Refusal {
        @Override
        public String field() {
            return "domain";
        }
    }

    /** The account has no such domain. */
    record DomainUnknown(String name) implements Refusal {
        @Override
        public String field() {
            return "domain";
        }
    }

    /** The domain is not verified. */
    record DomainNotVerified(String name) implements Refusal {
        @Override
        public String field() {
            return "domain";
        }
    }

    /** Sender addresses still use the domain. */
    record DomainInUse(String name, int senders) implements Refusal {
        @Override
        public String field() {
            return "domain";
        }
    }

    /** The records have been wrong for longer than the grace period. */
    record DomainAbnormal(String name, Instant since) implements Refusal {
        @Override
        public String field() {
            return "from";
        }
    }

    // Sender addresses

    /** Not a mail address. */
    record AddressMalformed(String field, String given, String problem) implements Refusal {}

    /** A display name with characters that are not allowed, or too long. */
    record DisplayNameIllegal(String given, String problem) implements Refusal {
        @Override
        public String field() {
            return "alias";
        }
    }

    /** The account has this sender address already. */
    record SenderExists(String address) implements Refusal {
        @Override
        public String field() {
            return "address";
        }
    }

    /** The account has no such sender address. */
    record SenderUnknown(String address) implements Refusal {
        @Override
        public String field() {
            return "from";
        }
    }

    /** The domain has as many sender addresses as it may have. */
    record TooManySenders(int limit) implements Refusal {
        @Override
        public String field() {
            return "address";
        }
    }

    /** The SMTP password breaks the policy. */
    record PasswordTooWeak(String problem) implements Refusal {
        @Override
        public String field() {
            return "password";
        }
    }

    /** The SMTP password equals the last one. */
    record PasswordReused() implements Refusal {
        @Override
        public String field() {
            return "password";
        }
    }

    // Templates

    /** The account has no such template. */
    record TemplateUnknown(long templateId) implements Refusal {
        @Override
        public String field() {
            return "template";
        }
    }

    /** The template has no approved version. */
    record TemplateNotApproved(long templateId, String state) implements Refusal {
        @Override
        public String field() {
            return "template";
        }
    }

    /** The name is empty, too long, or has control characters. */
    record TemplateNameIllegal(String given, String problem) implements Refusal {
        @Override
        public String field() {
            return "name";
        }
    }

    /** Neither HTML nor text. */
    record TemplateEmpty() implements Refusal {
        @Override
        public String field() {
            return "content";
        }
    }

    /** A variable of the template is malformed. Line and column count from 1. */
    record TemplateMalformed(String field, int line, int column, String problem) implements Refusal {}

    /** Over the size limit, in octets. */
    record TemplateTooLarge(long size, long limit) implements Refusal {
        @Override
        public String field() {
            return "content";
        }
    }

    /** The account has as many templates as it may have. */
    record TooManyTemplates(int limit) implements Refusal {
        @Override
        public String field() {
            return "template";
        }
    }

    /** The version is not waiting for a review any more. */
    record ReviewAlreadyDone(long templateId) implements Refusal {}

    /** The content policy forbids it; rules are the policy's identifiers with the matched text. */
    record PolicyViolated(List<String> findings) implements Refusal {
        /** Copies the list. */
        public PolicyViolated {
            findings = List.copyOf(findings);
        }

        @Override
        public String field() {
            return "content";
        }
    }

    // Submission

    /** No recipient at all. */
    record NoRecipients() implements Refusal {
        @Override
        public String field() {
            return "to";
        }
    }

    /** More recipients than one mail may have. */
    record TooManyRecipients(String field, int count, int limit) implements Refusal {}

    /** One recipient is named twice. */
    record RecipientRepeated(String field, String address) implements Refusal {}

    /** The address is on a suppression list. */
    record RecipientSuppressed(String address, String reason) implements Refusal {
        @Override
        public String field() {
            return "to";
        }
    }

    /** The person has unsubscribed from the sending domain. */
    record RecipientUnsubscribed(String address, String domain) implements Refusal {
        @Override
        public String field() {
            return "to";
        }
    }

    /** The mailbox has had as many mails in an hour as the setting allows. */
    record RecipientTooOften(String address, int limitPerHour) implements Refusal {
        @Override
        public String field() {
            return "to";
        }
    }

    /** Empty, too long, or with control characters. */
    record SubjectIllegal(String problem) implements Refusal {
        @Override
        public String field() {
            return "subject";
        }
    }

    /** Not a JSON object of strings, numbers and booleans. Line and column count from 1; 0 when unknown. */
    record VariablesNotJson(int line, int column, String problem) implements Refusal {
        @Override
        public String field() {
            return "variables";
        }
    }

    /** The template wants variables that are not given. */
    record VariablesMissing(Set<String> names) implements Refusal {
        /** Copies the set. */
        public VariablesMissing {
            names = java.util.Collections.unmodifiableSet(new java.util.TreeSet<>(names));
        }

        @Override
        public String field() {
            return "variables";
        }
    }

    /** Variables are given that the template does not have. */
    record VariablesSurplus(Set<String> names) implements Refusal {
        /** Copies the set. */
        public VariablesSurplus {
            names = java.util.Collections.unmodifiableSet(new java.util.TreeSet<>(names));
        }

        @Override
        public String field() {
            return "variables";
        }
    }

    /** A value holds HTML. */
    record VariableHasMarkup(String name) implements Refusal {
        @Override
        public String field() {
            return "variables";
        }
    }

    /** Neither a template nor content. */
    record ContentMissing() implements Refusal {
        @Override
        public String field() {
            return "content";
        }
    }

    /** The account may send templates only. */
    record OwnContentNotAllowed() implements Refusal {
        @Override
        public String field() {
            return "content";
        }
    }

    /** Over the size limit, in octets. */
    record ContentTooLarge(long size, long limit) implements Refusal {
        @Override
        public String field() {
            return "content";
        }
    }

    /** A message that cannot be parsed. */
    record MessageMalformed(String problem) implements Refusal {
        @Override
        public String field() {
            return "content";
        }
    }

    /** A header field that may not be set, or has characters that are not allowed. */
    record HeaderIllegal(String name, String problem) implements Refusal {
        @Override
        public String field() {
            return "headers";
        }
    }

    /** More attachments than allowed. */
    record TooManyAttachments(int count, int limit) implements Refusal {
        @Override
        public String field() {
            return "attachments";
        }
    }

    /** A file name or type that is not allowed. */
    record AttachmentNameIllegal(String name, String problem) implements Refusal {
        @Override
        public String field() {
            return "attachments";
        }
    }

    /** All attachments together are over the limit, in octets before base64. */
    record AttachmentsTooLarge(long size, long limit) implements Refusal {
        @Override
        public String field() {
            return "attachments";
        }
    }

    /** The day's cap of the domain is used up. */
    record DailyCapReached(String domain, long cap, Instant resetsAt) implements Refusal {}

    /** The domain is banned for the rest of the day. */
    record DomainBanned(String domain, String rule, Instant until) implements Refusal {}

    /** The domain is at level 0. */
    record DomainAtLevelZero(String domain) implements Refusal {}

    /** The account sends faster than it may. */
    record TooFast(int limitPerSecond) implements Refusal {}

    /** The same idempotency key was used with other content. */
    record IdempotencyConflict(String key) implements Refusal {
        @Override
        public String field() {
            return "idempotencyKey";
        }
    }

    /** We cannot take it now; the same call may succeed later. */
    record TemporarilyUnavailable(String reason) implements Refusal {}
}
