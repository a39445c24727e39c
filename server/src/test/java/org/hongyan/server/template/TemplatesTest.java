package org.hongyan.server.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hongyan.server.account.TestAccounts.done;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hongyan.server.TestDatabase;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.account.AuditTrail;
import org.hongyan.server.account.TestAccounts;
import org.hongyan.server.policy.Finding;
import org.hongyan.server.policy.TestPolicy;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class TemplatesTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-25T08:00:00Z"), ZoneOffset.UTC);
    private static final String HTML =
            "<p>Dear {{name}}, your order has been shipped. You can unsubscribe at any time.</p>";

    private static long accounts = 2000;

    private final AccountId account = new AccountId(accounts++);
    private final AccountId other = new AccountId(accounts++);
    private final TemplateRepository repository = new TemplateRepository(DATABASE.jdbc());
    private final Templates templates = templates(Map.of());
    private final TemplateReviews reviews = new TemplateReviews(
            repository, templates, TestAccounts.on(DATABASE, CLOCK).auditTrail(), DATABASE.transactions(), CLOCK);

    private Templates templates(Map<String, String> given) {
        TemplateProperties settings = new Binder(new MapConfigurationPropertySource(given))
                .bindOrCreate("hongyan.template", TemplateProperties.class);
        return new Templates(
                repository, new Screening(TestPolicy.standard(), settings), DATABASE.transactions(), settings, CLOCK);
    }

    private static TemplateDraft draft(String html) {
        return new TemplateDraft("Shipping", "Sent when an order leaves", "Order {{order}}", html, null);
    }

    @Test
    void aTemplateIsUsedOnlyOnceAPersonHasApprovedIt() {
        Template made = done(templates.create(account, draft(HTML)));
        assertThat(made.state()).isEqualTo(TemplateState.PENDING);
        assertThat(made.newest().number()).isEqualTo(1);
        assertThat(made.newest().variables()).containsExactly("order", "name");
        assertThat(refusal(templates.approved(account, made.id())))
                .isEqualTo(new Refusal.TemplateNotApproved(made.id(), "PENDING"));

        Template approved = done(reviews.approveVersion(made.id(), made.newest().id(), "anna"));
        assertThat(approved.state()).isEqualTo(TemplateState.APPROVED);
        CompiledTemplate ready = done(templates.approved(account, made.id()));
        assertThat(ready.versionId()).isEqualTo(made.newest().id());
        assertThat(ready.render(null, Map.of("order", "7", "name", "Li")).subject())
                .isEqualTo("Order 7");
        assertThat(refusal(reviews.approve(made.id(), "anna"))).isEqualTo(new Refusal.ReviewAlreadyDone(made.id()));
        assertThat(refusal(reviews.find(made.id()))).isEqualTo(new Refusal.ReviewAlreadyDone(made.id()));
        assertThat(TestAccounts.on(DATABASE, CLOCK).auditTrail().latest(account, 5))
                .extracting(AuditTrail.Entry::action, AuditTrail.Entry::actor)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("template.approve", "anna"));
    }

    @Test
    void anEditWaitsWhileTheApprovedVersionStaysInUse() {
        long id = done(templates.create(account, draft(HTML))).id();
        done(reviews.approve(id, "anna"));
        done(templates.approved(account, id));
        Template edited = done(templates.edit(account, id, draft(HTML.replace("Dear", "Hello"))));
        assertThat(edited.state()).isEqualTo(TemplateState.APPROVED);
        assertThat(edited.newest().state()).isEqualTo(TemplateState.PENDING);
        assertThat(done(templates.approved(account, id)).versionId())
                .isEqualTo(edited.approved().id());

        done(reviews.reject(id, "anna", "Say who you are"));
        Template rejected = done(templates.find(account, id));
        assertThat(rejected.newest().reviewReason()).isEqualTo("Say who you are");
        assertThat(rejected.approved().number()).isEqualTo(1);

        done(templates.edit(account, id, draft(HTML.replace("Dear", "Good day"))));
        Template third = done(reviews.approve(id, "anna"));
        assertThat(done(templates.approved(account, id)).versionId())
                .isEqualTo(third.newest().id());
        assertThat(templates.compiled(edited.approved().id())).isPresent();
        assertThat(templates.versions(account, id))
                .extracting(TemplateVersion::number, TemplateVersion::state)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(3, TemplateState.APPROVED),
                        org.assertj.core.groups.Tuple.tuple(2, TemplateState.REJECTED),
                        org.assertj.core.groups.Tuple.tuple(1, TemplateState.APPROVED));
    }

    @Test
    void aReviewerNeverApprovesWhatTheyHaveNotSeen() {
        Template seen = done(templates.create(account, draft(HTML)));
        done(templates.edit(account, seen.id(), draft(HTML.replace("Dear", "Hello"))));
        assertThat(refusal(reviews.approveVersion(seen.id(), seen.newest().id(), "anna")))
                .isEqualTo(new Refusal.ReviewAlreadyDone(seen.id()));
        assertThat(refusal(reviews.rejectVersion(seen.id(), seen.newest().id(), "anna", "no")))
                .isEqualTo(new Refusal.ReviewAlreadyDone(seen.id()));
        assertThat(done(templates.find(account, seen.id())).newest().state()).isEqualTo(TemplateState.PENDING);
        assertThat(templates.versions(account, seen.id()).getLast().reviewReason())
                .isEqualTo("→ v2");
    }

    @Test
    void theScreeningRefusesAtOnceAndSaysWhy() {
        Template made = done(templates.create(account, draft(HTML + "\n<p>QQ: 12345678</p>")));
        assertThat(made.state()).isEqualTo(TemplateState.REJECTED);
        assertThat(made.newest().reviewReason()).isEqualTo("C1 html:2:4 QQ: 12345678");
        assertThat(templates.findings(account, made.id()))
                .extracting(Finding::rule)
                .containsExactly("C1");
        assertThat(templates.findings(other, made.id())).isEmpty();
    }

    @Test
    void cleanTemplatesPassWithoutAPersonWhereTheOperatorSaysSo() {
        Templates automatic = templates(Map.of("hongyan.template.auto-approve-clean", "true"));
        assertThat(done(automatic.create(account, draft(HTML))).state()).isEqualTo(TemplateState.APPROVED);
        assertThat(done(automatic.create(account, draft(HTML + "<p>贷款</p>"))).state())
                .isEqualTo(TemplateState.PENDING);
        // What the API sends has no summary and no subject: that alone is only advice.
        assertThat(done(automatic.create(account, new TemplateDraft("n", "", "", HTML, null)))
                        .state())
                .isEqualTo(TemplateState.APPROVED);
    }

    @Test
    void theQueueShowsTheOldestFirstWithFindingsAndHistory() {
        long first = done(templates.create(account, draft(HTML + "<p>贷款</p>"))).id();
        long second = done(templates.create(account, draft(HTML))).id();
        List<Long> ours = reviews.queue(0, 1000).stream()
                .filter(pending -> pending.account().equals(account))
                .map(pending -> pending.template().id())
                .toList();
        assertThat(ours).containsExactly(first, second);
        assertThat(done(reviews.find(first)).findings())
                .extracting(Finding::rule)
                .containsExactly("C3");
        assertThat(reviews.waiting()).isGreaterThanOrEqualTo(2);
        done(reviews.approve(first, "anna"));
        done(reviews.reject(second, "anna", "no"));
        done(templates.create(account, draft(HTML)));
        assertThat(reviews.history(account)).isEqualTo(new TemplateReviews.History(1, 1, 1));
        assertThat(refusal(reviews.reject(second, "anna", " "))).isEqualTo(new Refusal.FieldMissing("reason"));
        assertThat(refusal(reviews.approve(999_999_999, "anna"))).isInstanceOf(Refusal.TemplateUnknown.class);
    }

    @Test
    void aDeletedTemplateIsGoneButItsVersionsStillRender() {
        Template made = done(templates.create(account, draft(HTML)));
        done(reviews.approve(made.id(), "anna"));
        int before = templates.count(account);
        assertThat(refusal(templates.delete(other, made.id()))).isInstanceOf(Refusal.TemplateUnknown.class);
        done(templates.delete(account, made.id()));
        assertThat(templates.count(account)).isEqualTo(before - 1);
        assertThat(refusal(templates.find(account, made.id()))).isInstanceOf(Refusal.TemplateUnknown.class);
        assertThat(refusal(templates.approved(account, made.id()))).isInstanceOf(Refusal.TemplateUnknown.class);
        assertThat(refusal(templates.edit(account, made.id(), draft(HTML))))
                .isInstanceOf(Refusal.TemplateUnknown.class);
        assertThat(templates.compiled(made.newest().id())).isPresent();
        assertThat(templates(Map.of()).compiled(made.newest().id())).isPresent();
        assertThat(templates.compiled(999_999_999)).isEmpty();
    }

    @Test
    void aListLeavesTheBodiesOutAndKeepsTheirKinds() {
        done(templates.create(account, draft(HTML)));
        done(templates.create(
                account, new TemplateDraft("Plain", "", "s", null, "Hello {{name}}, this is plain text")));
        List<Template> list = templates.list(account, 0, 10);
        assertThat(list).extracting(Template::name).containsExactly("Plain", "Shipping");
        assertThat(list.get(0).newest().html()).isNull();
        assertThat(list.get(1).newest().html()).isEmpty();
        assertThat(templates.list(account, 1, 10)).hasSize(1);
        assertThat(templates.list(other, 0, 10)).isEmpty();
        assertThat(refusal(templates.find(other, list.get(0).id()))).isInstanceOf(Refusal.TemplateUnknown.class);
    }

    @Test
    void draftsThatCannotBeAreRefusedWithTheirField() {
        assertThat(refusal(templates.create(account, new TemplateDraft(" ", "", "", HTML, null))))
                .isInstanceOf(Refusal.TemplateNameIllegal.class);
        assertThat(refusal(templates.create(account, new TemplateDraft("n\u0007", "", "", HTML, null))))
                .isInstanceOf(Refusal.TemplateNameIllegal.class);
        assertThat(refusal(templates.create(account, new TemplateDraft("n", "", "a\r\nb", HTML, null))))
                .isEqualTo(new Refusal.SubjectIllegal("control"));
        assertThat(refusal(templates.create(account, new TemplateDraft("n", "", "", " ", null))))
                .isEqualTo(new Refusal.TemplateEmpty());
        assertThat(refusal(templates.create(account, new TemplateDraft("n", "", "", "x".repeat(512_001), null))))
                .isEqualTo(new Refusal.TemplateTooLarge(512_001, 512_000));
        assertThat(refusal(templates.create(account, new TemplateDraft("n", "", "", "<p>\n {{a b}}", null))))
                .isInstanceOfSatisfying(Refusal.TemplateMalformed.class, malformed -> {
                    assertThat(malformed.field()).isEqualTo("html");
                    assertThat(malformed.line()).isEqualTo(2);
                    assertThat(malformed.column()).isEqualTo(2);
                });
        assertThat(refusal(templates.create(account, new TemplateDraft("n", "", "", "ab\n c\0d", null))))
                .isEqualTo(new Refusal.TemplateMalformed("html", 2, 3, "the character U+0000 is not allowed"));
        assertThat(refusal(templates.create(account, new TemplateDraft("n", "", "", null, "x\uD800y"))))
                .isInstanceOf(Refusal.TemplateMalformed.class);
        assertThat(templates.count(account)).isZero();
    }

    @Test
    void theLimitOfTemplatesHoldsAlsoWhenAllComeAtOnce() throws Exception {
        Templates few = templates(Map.of("hongyan.template.max-templates", "5"));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Outcome<Template>>> made = new java.util.ArrayList<>();
            for (int i = 0; i < 9; i++) {
                made.add(threads.submit(() -> few.create(account, draft(HTML))));
            }
            int refused = 0;
            for (Future<Outcome<Template>> each : made) {
                if (each.get() instanceof Outcome.Refused<Template>(var refusal)) {
                    assertThat(refusal).isEqualTo(new Refusal.TooManyTemplates(5));
                    refused++;
                }
            }
            assertThat(refused).isEqualTo(4);
        }
        assertThat(few.count(account)).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh-CN", "en", "fr"})
    void samplesAreCleanAndCanBeSubmittedAsTheyAre(String language) {
        List<TemplateSamples.Sample> samples = TemplateSamples.inLanguage(language);
        assertThat(samples).hasSize(4);
        Templates automatic = templates(Map.of("hongyan.template.auto-approve-clean", "true"));
        for (TemplateSamples.Sample sample : samples) {
            Template made = done(automatic.create(account, sample.draft()));
            assertThat(automatic.findings(account, made.id()))
                    .as(sample.key())
                    .allMatch(finding -> finding.severity() == Finding.Severity.ADVICE);
            CompiledTemplate.Rendered preview = TemplatePreview.of(made.newest(), Map.of("name", "<Li>"));
            assertThat(preview.html()).contains("&lt;Li&gt;").doesNotContain("{{");
            assertThat(preview.text()).contains("<Li>").doesNotContain("{{");
        }
    }

    @Test
    void aDraftIsShownBeforeItIsSubmitted() {
        CompiledTemplate.Rendered preview = done(TemplatePreview.of(draft(HTML), Map.of("name", "Li")));
        assertThat(preview.html()).contains("Dear Li");
        assertThat(preview.subject()).isEqualTo("Order order");
        assertThat(refusal(TemplatePreview.of(draft("{{"), Map.of()))).isInstanceOf(Refusal.TemplateMalformed.class);
        assertThat(TemplatePreview.samples(List.of("code", "order_url", "date")))
                .containsEntry("code", "246810")
                .containsEntry("order_url", "https://example.com/")
                .containsEntry("date", "2026-01-31");
    }

    private static Refusal refusal(Outcome<?> outcome) {
        return ((Outcome.Refused<?>) outcome).refusal();
    }
}
