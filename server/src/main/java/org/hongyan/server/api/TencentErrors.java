package org.hongyan.server.api;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.hongyan.server.refusal.Refusal;

/** Tencent's code for each refusal (reference, section 2). The text is found under {@code refusal.<name of the case>}. */
final class TencentErrors {

    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry("from", "FromEmailAddress"),
            Map.entry("to", "Destination"),
            Map.entry("cc", "Cc"),
            Map.entry("bcc", "Bcc"),
            Map.entry("replyTo", "ReplyToAddresses"),
            Map.entry("subject", "Subject"),
            Map.entry("template", "Template.TemplateID"),
            Map.entry("variables", "Template.TemplateData"),
            Map.entry("content", "TemplateContent"),
            Map.entry("html", "Html"),
            Map.entry("text", "Text"),
            Map.entry("attachments", "Attachments"),
            Map.entry("headers", "SmtpHeaders"),
            Map.entry("address", "EmailAddress"),
            Map.entry("alias", "EmailSenderName"),
            Map.entry("domain", "EmailIdentity"),
            Map.entry("password", "Password"),
            Map.entry("name", "TemplateName"),
            Map.entry("idempotencyKey", "IdempotencyKey"),
            Map.entry("timeToLive", "TimeToLive"));

    private TencentErrors() {}

    static TencentError of(Refusal refusal) {
        return new TencentError(codeOf(refusal), "refusal." + refusal.getClass().getSimpleName(), factsOf(refusal));
    }

    private static String codeOf(Refusal refusal) {
        return switch (refusal) {
            case Refusal.FieldMissing missing -> "MissingParameter";
            case Refusal.FieldIllegal illegal -> "InvalidParameterValue";
            case Refusal.NotBase64(String field) ->
                switch (field) {
                    case "attachments" -> "InvalidParameterValue.AttachContentIsWrong";
                    case "template" -> "InvalidParameterValue.TemplateContentIsWrong";
                    default -> "InvalidParameterValue.EmailContentIsWrong";
                };
            case Refusal.AccountNotActive inactive -> "AuthFailure.UnauthorizedOperation";
            case Refusal.NotPermitted notPermitted -> "AuthFailure.UnauthorizedOperation";
            case Refusal.DomainMalformed malformed -> "InvalidParameterValue.InvalidEmailIdentity";
            case Refusal.DomainIsPublicSuffix suffix -> "InvalidParameterValue.InvalidEmailIdentity";
            case Refusal.DomainExists exists -> "InvalidParameterValue.RepeatCreation";
            case Refusal.DomainTaken taken -> "InvalidParameterValue.CreatedByOther";
            case Refusal.DomainAtEnterpriseMailbox mailbox -> "OperationDenied";
            case Refusal.TooManyDomains tooMany -> "OperationDenied.ExceedDomainLimit";
            case Refusal.DomainUnknown unknown -> "InvalidParameterValue.NotExistDomain";
            case Refusal.DomainNotVerified notVerified -> "OperationDenied.DomainNotVerified";
            case Refusal.DomainInUse inUse -> "OperationDenied.SenderWithDomainIsNotEmpty";
            case Refusal.DomainAbnormal abnormal -> "FailedOperation.NotAuthenticatedSender";
            case Refusal.AddressMalformed malformed -> codeOfAddress(malformed.field());
            case Refusal.DisplayNameIllegal illegal -> "InvalidParameterValue.IllegalSenderName";
            case Refusal.SenderExists exists -> "InvalidParameterValue.RepeatEmailAddress";
            case Refusal.SenderUnknown unknown -> "FailedOperation.NotAuthenticatedSender";
            case Refusal.TooManySenders tooMany -> "OperationDenied.ExceedSenderLimit";
            case Refusal.PasswordTooWeak weak -> "InvalidParameterValue.InvalidSmtpPassWord";
            case Refusal.PasswordReused reused -> "OperationDenied.RepeatPassWord";
            case Refusal.TemplateUnknown unknown -> "InvalidParameterValue.TemplateNotExist";
            case Refusal.TemplateNotApproved notApproved -> "FailedOperation.InvalidTemplateID";
            case Refusal.TemplateNameIllegal illegal -> "InvalidParameterValue.TemplateNameIllegal";
            case Refusal.TemplateEmpty empty -> "InvalidParameterValue.TemplateContentIsNULL";
            case Refusal.TemplateMalformed malformed -> "InvalidParameterValue.TemplateContentIsWrong";
            case Refusal.TemplateTooLarge tooLarge -> "FailedOperation.TemplateContentToolarge";
            case Refusal.TooManyTemplates tooMany -> "FailedOperation.ExceedTemplateLimit";
            case Refusal.ReviewAlreadyDone done -> "OperationDenied";
            case Refusal.PolicyViolated violated -> "FailedOperation.ProtocolCheckErr";
            case Refusal.NoRecipients none -> "InvalidParameterValue.EmailAddressIsNULL";
            case Refusal.TooManyRecipients tooMany -> "FailedOperation.TooManyRecipients";
            case Refusal.RecipientRepeated repeated -> "InvalidParameterValue.ReceiverEmailInvalid";
            case Refusal.RecipientSuppressed suppressed -> "FailedOperation.EmailAddrInBlacklist";
            case Refusal.RecipientUnsubscribed unsubscribed -> "FailedOperation.ReceiverHasUnsubscribed";
            case Refusal.RecipientTooOften tooOften -> "FailedOperation.FrequencyLimit";
            case Refusal.SubjectIllegal illegal -> "InvalidParameterValue.SubjectLengthError";
            case Refusal.VariablesNotJson notJson -> "FailedOperation.WrongContentJson";
            case Refusal.VariablesMissing missing -> "InvalidParameterValue.TemplateNotMatchData";
            case Refusal.VariablesSurplus surplus -> "InvalidParameterValue.TemplateNotMatchData";
            case Refusal.VariableHasMarkup markup -> "InvalidParameterValue.InValidTemplateData";
            case Refusal.ContentMissing missing -> "FailedOperation.MissingEmailContent";
            case Refusal.OwnContentNotAllowed notAllowed -> "FailedOperation.WithOutPermission";
            case Refusal.ContentTooLarge tooLarge -> "FailedOperation.EmailContentToolarge";
            case Refusal.MessageMalformed malformed -> "FailedOperation.ProtocolCheckErr";
            case Refusal.HeaderIllegal illegal -> "InvalidParameterValue";
            case Refusal.TooManyAttachments tooMany -> "FailedOperation.TooManyAttachments";
            case Refusal.AttachmentNameIllegal illegal -> "FailedOperation.InvalidAttachName";
            case Refusal.AttachmentsTooLarge tooLarge -> "FailedOperation.AttachContentToolarge";
            case Refusal.DailyCapReached reached -> "FailedOperation.ExceedSendLimit";
            case Refusal.DomainBanned banned -> "FailedOperation.HighRejectionRate";
            case Refusal.DomainAtLevelZero zero -> "FailedOperation.HighRejectionRate";
            case Refusal.TooFast tooFast -> "RequestLimitExceeded";
            case Refusal.IdempotencyConflict conflict -> "InvalidParameterValue";
            case Refusal.TemporarilyUnavailable unavailable -> "InternalError";
        };
    }

    private static String codeOfAddress(String field) {
        return switch (field) {
            case "from" -> "FailedOperation.IncorrectSender";
            case "address" -> "InvalidParameterValue.IllegalEmailAddress";
            default -> "FailedOperation.IncorrectEmail";
        };
    }

    /** The components of the case by name, and the caller's input under Tencent's name. */
    private static Map<String, String> factsOf(Refusal refusal) {
        Map<String, String> facts = new LinkedHashMap<>();
        for (RecordComponent component : refusal.getClass().getRecordComponents()) {
            try {
                Object value = component.getAccessor().invoke(refusal);
                facts.put(component.getName(), value instanceof Collection<?> many ? joined(many) : "" + value);
            } catch (ReflectiveOperationException broken) {
                throw new IllegalStateException("a refusal's component cannot be read", broken);
            }
        }
        facts.put("parameter", FIELDS.getOrDefault(refusal.field(), refusal.field()));
        return facts;
    }

    private static String joined(Collection<?> many) {
        return many.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
