package org.hongyan.server.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hongyan.server.refusal.Refusal;
import org.hongyan.server.submission.Acceptance;
import org.hongyan.server.submission.Submission;
import org.hongyan.server.submission.SubmissionService;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends one mail. {@code IdempotencyKey} and {@code TimeToLive} (seconds) are fields of our own. */
@Component
final class SendEmail implements Action<SendEmail.Request> {

    record Request(
            @Required String fromEmailAddress,
            @Required String subject,
            List<String> destination,
            @Nullable String replyToAddresses,
            List<String> cc,
            List<String> bcc,
            @Nullable TemplateChoice template,
            @Nullable TemplateContent simple,
            List<Attachment> attachments,
            @Nullable String unsubscribe,
            @Nullable Long triggerType,
            @Nullable String smtpMessageId,
            @Nullable String smtpHeaders,
            @Nullable String headerFrom,
            @Nullable String idempotencyKey,
            @Nullable Long timeToLive) {}

    record TemplateChoice(
            @Required Long templateID, @Required String templateData) {}

    record Attachment(@Required String fileName, @Nullable String content) {}

    record Response(String messageId) {}

    /** A field that cannot be turned into a submission. */
    @SuppressWarnings("serial")
    private static final class Unusable extends Exception {
        private final transient ActionResult answer;

        Unusable(ActionResult answer) {
            super("", null, false, false);
            this.answer = answer;
        }
    }

    private static final JsonMapper JSON = new JsonMapper();

    private final SubmissionService submissions;
    private final HeaderFromRule headerFrom;

    SendEmail(SubmissionService submissions, HeaderFromRule headerFrom) {
        this.submissions = submissions;
        this.headerFrom = headerFrom;
    }

    @Override
    public Class<Request> requestType() {
        return Request.class;
    }

    @Override
    public ActionResult handle(Caller caller, Request request) {
        Submission submission;
        try {
            submission = submission(caller, request);
        } catch (Unusable unusable) {
            return unusable.answer;
        }
        return switch (submissions.accept(submission)) {
            case Acceptance.Accepted accepted ->
                ActionResult.ok(new Response(accepted.messageId().text()));
            case Acceptance.Refused(Refusal.TemplateUnknown unknown) ->
                ActionResult.failed(TencentErrors.of(unknown).withCode("FailedOperation.InvalidTemplateID"));
            case Acceptance.Refused(Refusal refusal) -> ActionResult.refused(refusal);
        };
    }

    private Submission submission(Caller caller, Request request) throws Unusable {
        if (request.triggerType != null && (request.triggerType < 0 || request.triggerType > 1)) {
            throw new Unusable(ActionResult.failed(TencentError.illegal("TriggerType", "0, 1")));
        }
        if (request.timeToLive != null && (request.timeToLive < 60 || request.timeToLive > 7 * 86_400)) {
            throw new Unusable(ActionResult.failed(TencentError.illegal("TimeToLive", "60 … 604800")));
        }
        String from = request.fromEmailAddress;
        if (request.headerFrom != null && !request.headerFrom.isEmpty()) {
            Optional<TencentError> wrong = headerFrom.check(caller.account(), from, request.headerFrom);
            if (wrong.isPresent()) {
                throw new Unusable(ActionResult.failed(wrong.get()));
            }
            from = request.headerFrom;
        }
        return new Submission(
                caller.account(),
                Submission.Via.API,
                from,
                request.destination,
                request.cc,
                request.bcc,
                request.subject,
                request.replyToAddresses == null || request.replyToAddresses.isEmpty()
                        ? null
                        : request.replyToAddresses,
                content(request),
                attachments(request.attachments),
                UnsubscribeNumber.parse(request.unsubscribe)
                        .orElseThrow(() -> new Unusable(
                                ActionResult.failed(TencentError.illegal("Unsubscribe", "\"0\" … \"12\"")))),
                request.triggerType != null && request.triggerType == 1,
                headers(request),
                request.idempotencyKey,
                request.timeToLive == null ? null : Duration.ofSeconds(request.timeToLive));
    }

    private static Submission.Content content(Request request) throws Unusable {
        if (request.template != null) {
            return new Submission.Content.Templated(request.template.templateID, request.template.templateData);
        }
        if (request.simple == null) {
            throw new Unusable(ActionResult.refused(new Refusal.ContentMissing()));
        }
        try {
            return new Submission.Content.Own(request.simple.decodedHtml(), request.simple.decodedText());
        } catch (TemplateContent.Malformed malformed) {
            throw new Unusable(ActionResult.refused(new Refusal.NotBase64("content")));
        }
    }

    private static List<Submission.Attachment> attachments(List<Attachment> given) throws Unusable {
        List<Submission.Attachment> attachments = new ArrayList<>(given.size());
        for (Attachment attachment : given) {
            if (attachment.content == null) {
                throw new Unusable(ActionResult.failed(TencentError.missing("Attachments.Content")));
            }
            try {
                attachments.add(new Submission.Attachment(
                        attachment.fileName,
                        Base64.getDecoder()
                                .decode(attachment.content.replace("\r", "").replace("\n", ""))));
            } catch (IllegalArgumentException notBase64) {
                throw new Unusable(ActionResult.refused(new Refusal.NotBase64("attachments")));
            }
        }
        return attachments;
    }

    private static Map<String, String> headers(Request request) throws Unusable {
        Map<String, String> headers = new LinkedHashMap<>();
        if (request.smtpHeaders != null && !request.smtpHeaders.isBlank()) {
            JsonNode given;
            try {
                given = JSON.readTree(request.smtpHeaders);
            } catch (JacksonException notJson) {
                given = JSON.nullNode();
            }
            if (!given.isObject()) {
                throw new Unusable(
                        ActionResult.failed(TencentError.malformed("SmtpHeaders", "a JSON object in a string")));
            }
            for (Map.Entry<String, JsonNode> header : given.properties()) {
                if (!header.getValue().isString()) {
                    throw new Unusable(
                            ActionResult.failed(TencentError.malformed("SmtpHeaders." + header.getKey(), "a string")));
                }
                headers.put(header.getKey(), header.getValue().stringValue());
            }
        }
        if (request.smtpMessageId != null && !request.smtpMessageId.isEmpty()) {
            headers.put("Message-ID", request.smtpMessageId);
        }
        return headers;
    }
}
