package org.hongyan.server.sandbox;

import org.hongyan.mail.address.DomainName;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.sender.SenderAddresses;
import org.hongyan.server.sender.SendingDomain;
import org.hongyan.server.sender.SendingDomains;
import org.hongyan.server.template.Template;
import org.hongyan.server.template.TemplateDraft;
import org.hongyan.server.template.TemplateReviews;
import org.hongyan.server.template.Templates;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Makes what a first mail needs: a verified domain, a sender address, an approved template. Each step by the same way
 * as a user's, and only where it has not been done. */
@Component
@Profile("sandbox")
final class FirstThings {

    static final String DOMAIN = "mail.example.com";
    static final String SENDER = "hello@" + DOMAIN;
    private static final String TEMPLATE_NAME = "welcome";

    private final SendingDomains domains;
    private final SenderAddresses senders;
    private final Templates templates;
    private final TemplateReviews reviews;
    private final RecordPublisher publisher;

    FirstThings(
            SendingDomains domains,
            SenderAddresses senders,
            Templates templates,
            TemplateReviews reviews,
            RecordPublisher publisher) {
        this.domains = domains;
        this.senders = senders;
        this.templates = templates;
        this.reviews = reviews;
        this.publisher = publisher;
    }

    /**
     * Makes them.
     *
     * @return the number of the approved template
     */
    long make(AccountId account, String smtpPassword) {
        verifiedDomain(account);
        sender(account, smtpPassword);
        return template(account);
    }

    private void verifiedDomain(AccountId account) {
        if (domains.list(account).stream()
                .noneMatch(domain -> domain.name().toString().equals(DOMAIN))) {
            done(domains.create(account, DOMAIN));
        }
        SendingDomain domain = domains.list(account).stream()
                .filter(known -> known.name().toString().equals(DOMAIN))
                .findFirst()
                .orElseThrow();
        if (!domain.state().maySend()) {
            publisher.publish(new DomainName(DOMAIN));
            done(domains.verify(account, DOMAIN));
        }
    }

    private void sender(AccountId account, String smtpPassword) {
        if (senders.list(account).stream()
                .noneMatch(sender -> sender.address().toString().equals(SENDER))) {
            done(senders.create(account, SENDER, "鸿雁 Hongyan"));
            done(senders.setSmtpPassword(account, SENDER, smtpPassword));
        }
    }

    private long template(AccountId account) {
        Template template = templates.list(account, 0, 100).stream()
                .filter(known -> known.name().equals(TEMPLATE_NAME))
                .findFirst()
                .orElseGet(() -> done(templates.create(
                        account,
                        new TemplateDraft(
                                TEMPLATE_NAME,
                                "Greets somebody who has just registered, by name; 注册欢迎邮件",
                                "Welcome, {{name}}",
                                """
                                <!doctype html>
                                <html lang="en"><head><meta charset="utf-8"><title>Welcome</title></head>
                                <body style="font-family: sans-serif; line-height: 1.6">
                                <h1 style="font-size: 20px">Welcome, {{name}}</h1>
                                <p>You have registered with our service. This is the letter that we send to everybody
                                who registers, so that you know that your address works.</p>
                                <p>你已成功注册。每位新用户都会收到这封信，以确认邮箱可以正常收信。</p>
                                <p>The Example team</p>
                                </body></html>
                                """,
                                null))));
        if (template.approved() == null) {
            done(reviews.approve(template.id(), "operator"));
        }
        return template.id();
    }

    private static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(var refusal) ->
                throw new IllegalStateException("the sandbox's first things were refused: " + refusal);
        };
    }
}
