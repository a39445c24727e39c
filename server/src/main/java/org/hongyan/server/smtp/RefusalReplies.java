package org.hongyan.server.smtp;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.hongyan.mail.smtp.Reply;
import org.hongyan.server.refusal.Refusal;

/**
 * The SMTP reply to each refusal: basic code, enhanced status (RFC 3463, 5248), the reference's error code, and a
 * sentence that says what to do. 4xx where the same message may pass later, so that a client keeps it and comes again.
 */
final class RefusalReplies {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private RefusalReplies() {}

    static Reply of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.FieldMissing(String field) ->
                never("5.6.0", "MissingParameter", "The message has no " + header(field) + "; add it.");
            case Refusal.FieldIllegal(String field, String given, String allowed) -> illegal(field, given, allowed);
            case Refusal.NotBase64(String field) ->
                never("5.6.0", "FailedOperation", "A part is not valid base64 (" + field + "); encode it again.");

            case Refusal.AccountNotActive(String state) ->
                never(
                        "5.7.13",
                        "AuthFailure.UnauthorizedOperation",
                        "The account may not send (" + state + "); finish its activation in the console.");
            case Refusal.NotPermitted(String action) ->
                never("5.7.1", "AuthFailure.UnauthorizedOperation", "You may not do this: " + action + ".");

            case Refusal.DomainMalformed(String given, String problem) -> domain(given, problem);
            case Refusal.DomainIsPublicSuffix(String name) -> domain(name, "anybody may register names under it");
            case Refusal.DomainExists(String name) -> domain(name, "it exists already");
            case Refusal.DomainTaken(String name) -> domain(name, "another account has it");
            case Refusal.DomainAtEnterpriseMailbox(String name, String exchange) ->
                domain(name, "its MX is the mailbox service " + exchange);
            case Refusal.TooManyDomains(int limit) -> domain("", "the account has " + limit + " domains already");
            case Refusal.DomainInUse(String name, int senders) -> domain(name, senders + " sender addresses use it");
            case Refusal.DomainUnknown(String name) ->
                never(
                        "5.1.8",
                        "FailedOperation.NotAuthenticatedSender",
                        "The account has no sending domain " + name + "; add and verify it in the console.");
            case Refusal.DomainNotVerified(String name) ->
                never(
                        "5.1.8",
                        "FailedOperation.NotAuthenticatedSender",
                        "The sending domain " + name
                                + " is not verified; set its DNS records and verify it in the console.");
            case Refusal.DomainAbnormal(String name, Instant since) ->
                never(
                        "5.7.20",
                        "FailedOperation.NotAuthenticatedSender",
                        "The DNS records of " + name + " have been wrong since " + MINUTE.format(since)
                                + "; mend them and verify the domain in the console.");

            case Refusal.AddressMalformed(String field, String given, String problem) ->
                malformedAddress(field, given, problem);
            case Refusal.DisplayNameIllegal(String given, String problem) ->
                never(
                        "5.6.0",
                        "InvalidParameterValue.IllegalSenderName",
                        "The display name is not allowed: " + problem + ".");
            case Refusal.SenderExists(String address) ->
                never(
                        "5.1.7",
                        "InvalidParameterValue.RepeatEmailAddress",
                        "The address " + address + " exists already.");
            case Refusal.SenderUnknown(String address) ->
                never(
                        "5.1.7",
                        "FailedOperation.NotAuthenticatedSender",
                        "The account has no sender address " + address
                                + "; create it in the console or send from another.");
            case Refusal.TooManySenders(int limit) ->
                never(
                        "5.1.7",
                        "OperationDenied.ExceedSenderLimit",
                        "The domain has " + limit + " sender addresses already.");
            case Refusal.PasswordTooWeak(String problem) ->
                never(
                        "5.7.8",
                        "InvalidParameterValue.InvalidSmtpPassWord",
                        "The password is too weak: " + problem + ".");
            case Refusal.PasswordReused() ->
                never("5.7.8", "OperationDenied.RepeatPassWord", "The password was used before; choose another.");

            case Refusal.TemplateUnknown(long templateId) ->
                never("5.6.6", "InvalidParameterValue.TemplateNotExist", "There is no template " + templateId + ".");
            case Refusal.TemplateNotApproved(long templateId, String state) ->
                never(
                        "5.6.6",
                        "FailedOperation.InvalidTemplateID",
                        "The template " + templateId + " is not approved (" + state + ").");
            case Refusal.TemplateNameIllegal(String given, String problem) ->
                never(
                        "5.6.0",
                        "InvalidParameterValue.TemplateNameIllegal",
                        "The name is not allowed: " + problem + ".");
            case Refusal.TemplateEmpty() ->
                never("5.6.0", "InvalidParameterValue.TemplateContentIsNULL", "The template is empty.");
            case Refusal.TemplateMalformed(String field, int line, int column, String problem) ->
                never(
                        "5.6.0",
                        "InvalidParameterValue.TemplateContentIsWrong",
                        "The template is wrong at line " + line + ", column " + column + ": " + problem + ".");
            case Refusal.TemplateTooLarge(long size, long limit) ->
                never(
                        "5.3.4",
                        "FailedOperation.TemplateContentToolarge",
                        "The template has " + size + " octets, more than " + limit + ".");
            case Refusal.TooManyTemplates(int limit) ->
                never(
                        "5.6.0",
                        "FailedOperation.ExceedTemplateLimit",
                        "The account has " + limit + " templates already.");
            case Refusal.ReviewAlreadyDone(long templateId) ->
                never("5.6.0", "OperationDenied", "The template " + templateId + " is not waiting for a review.");
            case Refusal.PolicyViolated(var findings) ->
                never(
                        "5.7.1",
                        "FailedOperation.ProtocolCheckErr",
                        "The content policy forbids: " + String.join("; ", findings) + ". Take it out and send again.");

            case Refusal.NoRecipients() ->
                never("5.5.3", "InvalidParameterValue.EmailAddressIsNULL", "The message has no recipient.");
            case Refusal.TooManyRecipients(String field, int count, int limit) ->
                never(
                        "5.5.3",
                        "FailedOperation.TooManyRecipients",
                        "The message has " + count + " recipients, more than " + limit + "; send it in several.");
            case Refusal.RecipientRepeated(String field, String address) ->
                never(
                        "5.5.3",
                        "InvalidParameterValue.ReceiverEmailInvalid",
                        "The recipient " + address + " is named twice.");
            case Refusal.RecipientSuppressed(String address, String reason) ->
                new Words(550, "5.2.1", "FailedOperation.EmailAddrInBlacklist")
                        .say("The recipient " + address + " is on the suppression list (" + reason
                                + "); leave it out, or take it off the list in the console.");
            case Refusal.RecipientUnsubscribed(String address, String domain) ->
                new Words(550, "5.7.17", "FailedOperation.ReceiverHasUnsubscribed")
                        .say("The recipient " + address + " has unsubscribed from " + domain + "; leave it out.");
            case Refusal.RecipientTooOften(String address, int limitPerHour) ->
                new Words(450, "4.2.1", "FailedOperation.FrequencyLimit")
                        .say("The recipient " + address + " has had " + limitPerHour
                                + " mails within an hour; try again later.");
            case Refusal.SubjectIllegal(String problem) ->
                never(
                        "5.6.0",
                        "InvalidParameterValue.SubjectLengthError",
                        "The subject is not allowed: " + problem + ".");

            case Refusal.VariablesNotJson(int line, int column, String problem) ->
                never("5.6.0", "FailedOperation.WrongContentJson", "The variables are not JSON: " + problem + ".");
            case Refusal.VariablesMissing(var names) ->
                never("5.6.0", "InvalidParameterValue.TemplateNotMatchData", "Variables are missing: " + names + ".");
            case Refusal.VariablesSurplus(var names) ->
                never(
                        "5.6.0",
                        "InvalidParameterValue.TemplateNotMatchData",
                        "The template has no variables " + names + ".");
            case Refusal.VariableHasMarkup(String name) ->
                never("5.6.0", "InvalidParameterValue.InValidTemplateData", "The variable " + name + " holds HTML.");

            case Refusal.ContentMissing() ->
                never("5.6.6", "FailedOperation.MissingEmailContent", "The message has no text; add one.");
            case Refusal.OwnContentNotAllowed() ->
                never("5.7.1", "FailedOperation.WithOutPermission", "The account may send templates only.");
            case Refusal.ContentTooLarge(long size, long limit) ->
                new Words(552, "5.3.4", "FailedOperation.EmailContentToolarge")
                        .say("The message has " + size + " octets, more than " + limit + "; make it smaller.");
            case Refusal.MessageMalformed(String problem) ->
                never("5.6.0", "FailedOperation.ProtocolCheckErr", "The message cannot be taken: " + problem + ".");
            case Refusal.HeaderIllegal(String name, String problem) ->
                never(
                        "5.6.0",
                        "InvalidParameterValue",
                        "The header field " + name + " is not allowed so: " + problem + ".");
            case Refusal.TooManyAttachments(int count, int limit) ->
                never(
                        "5.6.1",
                        "FailedOperation.TooManyAttachments",
                        "The message has " + count + " attachments, more than " + limit + ".");
            case Refusal.AttachmentNameIllegal(String name, String problem) ->
                never(
                        "5.6.1",
                        "FailedOperation.InvalidAttachName",
                        "The file " + name + " cannot be attached: " + problem + ".");
            case Refusal.AttachmentsTooLarge(long size, long limit) ->
                new Words(552, "5.3.4", "FailedOperation.AttachContentToolarge")
                        .say("The attachments have " + size + " octets, more than " + limit + "; make them smaller.");

            case Refusal.DailyCapReached(String domain, long cap, Instant resetsAt) ->
                new Words(550, "5.7.28", "FailedOperation.ExceedSendLimit")
                        .say("The domain " + domain + " has reached its cap of " + cap + " mails a day; send after "
                                + MINUTE.format(resetsAt) + ", or raise its reputation level.");
            case Refusal.DomainBanned(String domain, String rule, Instant until) ->
                new Words(550, "5.7.0", "FailedOperation.HighRejectionRate")
                        .say("The domain " + domain + " is banned until " + MINUTE.format(until) + " by rule " + rule
                                + "; clean the list of recipients before you go on.");
            case Refusal.DomainAtLevelZero(String domain) ->
                new Words(550, "5.7.14", "FailedOperation.HighRejectionRate")
                        .say("The domain " + domain + " is at level 0 and may not send; unblock it in the console.");
            case Refusal.TooFast(int limitPerSecond) ->
                new Words(451, "4.7.28", "RequestLimitExceeded.SmtpRateLimit")
                        .say("smtp sending frequency limit: at most " + limitPerSecond
                                + " mails a second; try again in a second.");
            case Refusal.IdempotencyConflict(String key) ->
                never(
                        "5.5.4",
                        "InvalidParameterValue",
                        "The idempotency key " + key + " was used for another message within a day; take a new one.");
            case Refusal.TemporarilyUnavailable(String reason) -> unavailable(reason);
        };
    }

    private record Words(int code, String status, String errorCode) {
        Reply say(String text) {
            return BusinessError.reply(code, status, errorCode, text);
        }
    }

    private static Reply never(String status, String errorCode, String text) {
        return BusinessError.reply(554, status, errorCode, text);
    }

    private static Reply domain(String name, String problem) {
        return never(
                "5.1.8", "InvalidParameterValue.InvalidEmailIdentity", "The domain " + name + ": " + problem + ".");
    }

    private static Reply illegal(String field, String given, String allowed) {
        return field.equals("from")
                ? new Words(550, "5.7.1", "FailedOperation.IncorrectSender")
                        .say("You are signed in to send as " + allowed + ", the header says " + given
                                + "; make them agree.")
                : never(
                        "5.6.0",
                        "InvalidParameterValue",
                        "The " + header(field) + " is " + given + ", allowed is " + allowed + ".");
    }

    private static Reply malformedAddress(String field, String given, String problem) {
        return field.equals("from")
                ? never(
                        "5.1.7",
                        "FailedOperation.IncorrectSender",
                        "The From field has to name one mailbox, and " + problem + ".")
                : never(
                        "5.1.3",
                        "FailedOperation.IncorrectEmail",
                        "The address " + given + " in " + header(field) + " is wrong: " + problem + ".");
    }

    /** A node that stops wants the client gone to another one; a full one only wants it to wait. */
    private static Reply unavailable(String reason) {
        String text = "The service cannot take the message now (" + reason + "); try again later.";
        return switch (reason) {
            case "stopping" -> BusinessError.reply(421, "4.3.2", "InternalError", text);
            case "busy" -> BusinessError.reply(452, "4.3.1", "InternalError", text);
            default -> BusinessError.reply(451, "4.3.0", "InternalError", text);
        };
    }

    private static String header(String field) {
        return switch (field) {
            case "from" -> "From";
            case "to" -> "To";
            case "cc" -> "Cc";
            case "subject" -> "Subject";
            case "replyTo" -> "Reply-To";
            case "timeToLive" -> ControlHeaders.TTL;
            case "idempotencyKey" -> ControlHeaders.IDEMPOTENCY_KEY;
            default -> field;
        };
    }
}
