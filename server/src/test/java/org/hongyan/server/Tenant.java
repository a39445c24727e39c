package org.hongyan.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.hongyan.sandbox.Sandbox;
import org.hongyan.sandbox.dns.DnsRecord;
import org.hongyan.server.account.Account;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.account.Accounts;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.hongyan.server.sender.DnsRecordCheck;
import org.hongyan.server.sender.DomainReport;
import org.hongyan.server.sender.RecordKind;
import org.hongyan.server.sender.SenderAddresses;
import org.hongyan.server.sender.SendingDomains;
import org.hongyan.server.submission.Submission;
import org.hongyan.server.template.TemplateDraft;
import org.hongyan.server.template.TemplateReviews;
import org.hongyan.server.template.Templates;
import org.springframework.context.ApplicationContext;

/** An account of a running service with all that it takes to send: verified domain, address, approved template. */
public record Tenant(AccountId account, String domain, long domainId, String sender, long templateId) {

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Makes one whose domain's records stand in the sandbox's DNS. */
    public static Tenant in(ApplicationContext service, Sandbox sandbox) {
        Account account = value(service.getBean(Accounts.class).register("Tenant", "test"));
        service.getBean(Accounts.class).allowOwnContent(account.id(), true, "test");
        String domain = "mail" + COUNT.incrementAndGet() + ".example.com";
        SendingDomains domains = service.getBean(SendingDomains.class);
        DomainReport report = value(domains.create(account.id(), domain));
        List<DnsRecord> records = new ArrayList<>();
        for (DnsRecordCheck record : report.records()) {
            String prefix = record.kind() == RecordKind.MX && record.expected().indexOf(' ') < 0 ? "10 " : "";
            records.add(DnsRecord.of(record.host().ascii(), record.type(), prefix + record.expected()));
        }
        sandbox.dns().publishAll(records);
        long domainId = value(domains.verify(account.id(), domain)).domain().id();
        value(service.getBean(SenderAddresses.class).create(account.id(), "news@" + domain, "新闻 News"));
        long template = value(service.getBean(Templates.class)
                        .create(
                                account.id(),
                                new TemplateDraft(
                                        "Welcome",
                                        "Greets a new customer",
                                        "Welcome {{name}}",
                                        "<html><body><p>Dear {{name}}, welcome aboard.</p></body></html>",
                                        null)))
                .id();
        service.getBean(TemplateReviews.class).approve(template, "test");
        return new Tenant(account.id(), domain, domainId, "news@" + domain, template);
    }

    /** A templated mail to these people. */
    public Submission mailTo(String... recipients) {
        return mail(List.of(recipients), new Submission.Content.Templated(templateId, "{\"name\":\"Li 李\"}"), null);
    }

    /** A mail with own text. */
    public Submission ownMailTo(String text, String... recipients) {
        return mail(List.of(recipients), new Submission.Content.Own(null, text), "Hello");
    }

    private Submission mail(List<String> to, Submission.Content content, String subject) {
        return new Submission(
                account,
                Submission.Via.API,
                sender,
                to,
                List.of(),
                List.of(),
                subject,
                null,
                content,
                List.of(),
                Submission.Unsubscribe.NONE,
                false,
                Map.of(),
                null,
                null);
    }

    private static <T> T value(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(Refusal refusal) -> throw new AssertionError(refusal.toString());
        };
    }
}
