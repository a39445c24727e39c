package org.hongyan.server.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hongyan.server.account.Account;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.account.Accounts;
import org.hongyan.server.account.ApiKey;
import org.hongyan.server.account.ApiKeys;
import org.hongyan.server.account.ConsoleUser;
import org.hongyan.server.account.ConsoleUsers;
import org.hongyan.server.account.Role;
import org.hongyan.server.launch.Greeting;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.store.DataFolder;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The last step of the sandbox's start: the first account and its things are there, the file and the terminal say so. */
@Component
@Profile("sandbox")
final class SandboxReady implements Greeting {

    private static final String OPERATOR = "operator";
    private static final String MEMBER = "member";

    private final Accounts accounts;
    private final ConsoleUsers users;
    private final ApiKeys keys;
    private final FirstThings firstThings;
    private final DataFolder folder;
    private final Environment environment;

    SandboxReady(
            Accounts accounts,
            ConsoleUsers users,
            ApiKeys keys,
            FirstThings firstThings,
            DataFolder folder,
            Environment environment) {
        this.accounts = accounts;
        this.users = users;
        this.keys = keys;
        this.firstThings = firstThings;
        this.folder = folder;
        this.environment = environment;
    }

    @Override
    public String text() {
        Credentials credentials = Credentials.in(folder);
        AccountId account = account(credentials);
        ApiKey key = key(account, credentials);
        credentials = credentials.with(account.value(), key.secretId());
        credentials.keep(folder);
        people(account, credentials);
        long template = firstThings.make(account, credentials.smtpPassword());
        Map<String, Object> facts = facts(credentials, key, template);
        SandboxFile.write(folder, facts);
        return SandboxText.of(facts, folder.resolve(SandboxFile.NAME));
    }

    private AccountId account(Credentials credentials) {
        Optional<Account> known =
                credentials.account() == 0 ? Optional.empty() : accounts.find(new AccountId(credentials.account()));
        return known.orElseGet(() -> done(accounts.register("Example", "sandbox")))
                .id();
    }

    private ApiKey key(AccountId account, Credentials credentials) {
        return keys.find(credentials.secretId())
                .filter(known -> known.accountId().equals(account))
                .orElseGet(() -> done(keys.create(account, "sandbox", "sandbox")));
    }

    /** The names may be there with other passwords, from a lost file of credentials: then the new ones are set. */
    private void people(AccountId account, Credentials credentials) {
        if (users.staff().stream().noneMatch(user -> user.loginName().equals(OPERATOR))) {
            done(users.create(null, OPERATOR, Role.OPERATOR, credentials.operatorPassword(), "zh-CN", "sandbox"));
        }
        if (users.list(account).stream().noneMatch(user -> user.loginName().equals(MEMBER))) {
            Outcome<ConsoleUser> made =
                    users.create(account, MEMBER, Role.OWNER, credentials.memberPassword(), "zh-CN", "sandbox");
            done(made);
        }
    }

    private Map<String, Object> facts(Credentials credentials, ApiKey key, long template) {
        String web = "http://127.0.0.1:" + port("web.port", 8080);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("api", web);
        facts.put("console", web + "/console");
        facts.put("secretId", key.secretId());
        facts.put("secretKey", key.secretKey());
        facts.put("operator", Map.of("user", OPERATOR, "password", credentials.operatorPassword()));
        facts.put("member", Map.of("user", MEMBER, "password", credentials.memberPassword()));
        facts.put("smtp", "127.0.0.1:" + port("smtp.submission-port", 2587));
        facts.put("smtps", "127.0.0.1:" + port("smtp.submissions-port", 2465));
        facts.put("smtpUser", FirstThings.SENDER);
        facts.put("smtpPassword", credentials.smtpPassword());
        facts.put("bounce", "127.0.0.1:" + port("feedback.port", 2525));
        facts.put("dns", "127.0.0.1:" + port("sandbox.dns-port", 5354));
        facts.put("inbox", web + "/sandbox/inbox");
        facts.put("sandboxApi", web + "/sandbox/api");
        facts.put("domain", FirstThings.DOMAIN);
        facts.put("sender", FirstThings.SENDER);
        facts.put("template", template);
        return facts;
    }

    private int port(String setting, int standard) {
        return environment.getProperty("hongyan." + setting, Integer.class, standard);
    }

    private static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(var refusal) ->
                throw new IllegalStateException("the sandbox's first account was refused: " + refusal);
        };
    }
}
