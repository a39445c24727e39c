package org.hongyan.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hongyan.sandbox.Sandbox;
import org.hongyan.sandbox.inbox.InboxFilter;
import org.hongyan.sandbox.inbox.ReceivedMail;
import org.hongyan.sandbox.provider.BehaviourText;
import org.hongyan.server.SandboxedService;
import org.hongyan.server.ServerTest;
import org.hongyan.server.Tenant;
import org.hongyan.server.event.MessageHistory;
import org.hongyan.server.event.MessageId;
import org.hongyan.server.event.RecipientState;
import org.hongyan.server.event.RecipientStatus;
import org.hongyan.server.refusal.Refusal;
import org.hongyan.server.reputation.DomainStanding;
import org.hongyan.server.reputation.Reputation;
import org.hongyan.server.submission.Acceptance;
import org.hongyan.server.submission.Submission;
import org.hongyan.server.submission.SubmissionService;
import org.hongyan.server.suppression.SuppressionList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Mail goes all the way: gate, queue, wire, history, tallies. */
@ServerTest
class MailPathTest {

    private static final Sandbox SANDBOX = SandboxedService.sandbox();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    private ApplicationContext service;

    @Autowired
    private SubmissionService submissions;

    @Autowired
    private MessageHistory history;

    @Autowired
    private Reputation reputation;

    @Autowired
    private SuppressionList suppressions;

    @Autowired
    private JdbcClient jdbc;

    private Tenant tenant;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        SandboxedService.configure(properties, SANDBOX);
    }

    @AfterAll
    static void closeSandbox() {
        SANDBOX.close();
    }

    @BeforeEach
    void tenant() {
        tenant = Tenant.in(service, SANDBOX);
        SANDBOX.inbox().clear();
    }

    @Test
    void templatedMailArrivesSignedAndAlignedForEachOfTwentyRecipients() throws Exception {
        String[] people = IntStream.range(0, 20)
                .mapToObj(i -> "person" + i + "@accept.test")
                .toArray(String[]::new);
        MessageId id = accepted(tenant.mailTo(people));
        awaitStates(id, RecipientState.DELIVERED);
        List<ReceivedMail> received = SANDBOX.inbox().await(InboxFilter.to("person"), 1, PATIENCE);
        assertThat(received.getFirst().subject()).isEqualTo("Welcome Li 李");
        assertThat(received.getFirst().verdicts().dkim())
                .isNotEmpty()
                .allMatch(dkim ->
                        dkim.toString().toLowerCase(java.util.Locale.ROOT).contains("pass"));
        assertThat(received.getFirst().verdicts().dmarc().toString().toLowerCase(java.util.Locale.ROOT))
                .contains("pass");
        assertThat(received.stream()
                        .mapToInt(m -> m.receipt().recipients().size())
                        .sum())
                .isEqualTo(20);
        assertThat(history.lines(tenant.account(), id)).hasSize(40);
        assertThat(standing().today().delivered()).isEqualTo(20);
        assertThat(standing().today().sent()).isEqualTo(20);
        assertThat(standing().admitted()).isEqualTo(20);
        assertThat(queued()).isZero();
    }

    @Test
    void unknownUserBouncesOnceAndIsSuppressedAfterwards() throws Exception {
        SANDBOX.providers()
                .setBehaviour("nobody@accept.test", BehaviourText.parse("reject-rcpt 550 5.1.1 User unknown"));
        MessageId id = accepted(tenant.mailTo("nobody@accept.test"));
        RecipientStatus status = awaitStates(id, RecipientState.BOUNCED).getFirst();
        assertThat(status.lastReply()).contains("5.1.1");
        assertThat(standing().today().invalid()).isEqualTo(1);
        assertThat(suppressions.list(tenant.account(), null, 0, 10))
                .singleElement()
                .matches(entry -> entry.reason() == SuppressionList.Reason.HARD_BOUNCE);
        assertThat(submissions.accept(tenant.mailTo("nobody@accept.test")))
                .isEqualTo(
                        new Acceptance.Refused(new Refusal.RecipientSuppressed("nobody@accept.test", "hard_bounce")));
    }

    @Test
    void deferredRecipientIsOfferedAgainAfterItsBackoffWithTheSameMessageId() throws Exception {
        SANDBOX.providers().setBehaviour("later@accept.test", BehaviourText.parse("defer 1"));
        MessageId id = accepted(tenant.mailTo("later@accept.test"));
        RecipientStatus status = awaitStates(id, RecipientState.DELIVERED).getFirst();
        assertThat(status.attempts()).isEqualTo(2);
        assertThat(history.lines(tenant.account(), id))
                .extracting(MessageHistory.Line::kind)
                .containsExactly("accepted", "deferred", "delivered");
        assertThat(standing().today().sent()).isEqualTo(1);
    }

    @Test
    void aMailThatCannotBeDeliveredWithinItsTimeToLiveExpires() throws Exception {
        SANDBOX.providers().setBehaviour("never@accept.test", BehaviourText.parse("defer 1000"));
        Submission mail = tenant.mailTo("never@accept.test");
        MessageId id = accepted(new Submission(
                mail.account(),
                mail.via(),
                mail.from(),
                mail.to(),
                mail.cc(),
                mail.bcc(),
                mail.subject(),
                mail.replyTo(),
                mail.content(),
                mail.attachments(),
                mail.unsubscribe(),
                true,
                Map.of(),
                null,
                Duration.ofSeconds(3)));
        awaitStates(id, RecipientState.EXPIRED);
        assertThat(queued()).isZero();
    }

    private MessageId accepted(Submission submission) {
        Acceptance acceptance = submissions.accept(submission);
        assertThat(acceptance).isInstanceOf(Acceptance.Accepted.class);
        return ((Acceptance.Accepted) acceptance).messageId();
    }

    private DomainStanding standing() {
        return reputation.standings(java.util.Set.of(tenant.domainId())).get(tenant.domainId());
    }

    private long queued() {
        return jdbc.sql("SELECT (SELECT count(*) FROM queue_recipient WHERE domain_id = ?)"
                        + " + (SELECT count(*) FROM queue_message WHERE domain_id = ?)")
                .param(tenant.domainId())
                .param(tenant.domainId())
                .query(Long.class)
                .single();
    }

    private List<RecipientStatus> awaitStates(MessageId id, RecipientState wanted) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            List<RecipientStatus> statuses = history.recipients(tenant.account(), id);
            if (statuses.stream().allMatch(status -> status.state() == wanted)) {
                return statuses;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not " + wanted + " in time: " + statuses);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }
}
