package org.hongyan.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.hongyan.server.ServerTest;
import org.hongyan.server.account.Account;
import org.hongyan.server.account.AccountState;
import org.hongyan.server.account.Accounts;
import org.hongyan.server.account.ApiKeys;
import org.hongyan.server.account.ConsoleUsers;
import org.hongyan.server.account.Role;
import org.hongyan.server.refusal.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Signing in, keys, members and activation over real HTTP, with and without rights. */
@ServerTest
final class AccountPagesTest {

    private static final String PASSWORD = "correct horse 7";

    @LocalServerPort
    private int port;

    @Autowired
    private Accounts accounts;

    @Autowired
    private ConsoleUsers users;

    @Autowired
    private ApiKeys keys;

    private final String name = "o" + UUID.randomUUID().toString().substring(0, 8);
    private Account account;
    private PageVisitor owner;

    @BeforeEach
    void openAnAccount() {
        account = done(accounts.register("清和 <b>科技</b>", "test"));
        done(users.create(account.id(), name, Role.OWNER, PASSWORD, "zh-CN", "test"));
        owner = new PageVisitor(port, "zh-CN").signedIn(name, PASSWORD);
    }

    @AfterEach
    void leave() {
        owner.close();
    }

    @Test
    void theSignInSpeaksTheLanguageOfTheBrowserAndThenTheChosenOne() {
        try (PageVisitor chinese = new PageVisitor(port, "zh-TW,en;q=0.5");
                PageVisitor english = new PageVisitor(port, "fr,en;q=0.8");
                PageVisitor neither = new PageVisitor(port, "fr")) {
            assertThat(chinese.get("/login").html().selectFirst("html").attr("lang"))
                    .isEqualTo("zh-Hans");
            assertThat(english.get("/login").text()).contains("User name");
            assertThat(neither.get("/login").text()).contains("用户名");
            assertThat(neither.get("/login?lang=en").text()).contains("User name");
            assertThat(neither.get("/login").text()).contains("User name");
        }
    }

    @Test
    void aWrongPasswordIsSaidWithoutSayingWhatWasWrong() {
        try (PageVisitor stranger = new PageVisitor(port, "en")) {
            var page = stranger.submit(
                    stranger.get("/login"), "form", Map.of("username", name, "password", "wrong password 1"));

            assertThat(page.html().select("[role=alert]").text()).contains("user name or password is wrong");
        }
    }

    @Test
    void pagesAreNotThereForAnybodyElse() {
        assertThat(owner.get("/console/no-such-page").status()).isEqualTo(404);
        assertThat(owner.get("/console/no-such-page").text()).contains("没有找到");
        assertThat(owner.get("/operator/accounts").status()).isEqualTo(403);
        assertThat(owner.get("/operator/accounts").text()).contains("没有权限");
    }

    @Test
    void assetsAreServedUnderNamesThatNeverChange() {
        try (PageVisitor stranger = new PageVisitor(port, "en")) {
            var page = stranger.get("/login");
            assertThat(page.html().select("link[rel=stylesheet], script"))
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allSatisfy(asset -> {
                        String path = asset.attr("href") + asset.attr("src");
                        assertThat(path).matches("/assets/.*-[0-9a-f]{32}\\.(css|js)|/webjars/.*/[0-9.]+/.*");
                        var file = stranger.get(path);
                        assertThat(file.status()).as(path).isEqualTo(200);
                        assertThat(file.response().headers().firstValue("cache-control"))
                                .hasValueSatisfying(value -> assertThat(value).contains("immutable"));
                    });
            assertThat(page.response().headers().firstValue("content-security-policy"))
                    .hasValueSatisfying(policy ->
                            assertThat(policy).contains("default-src 'self'").doesNotContain("unsafe"));
        }
    }

    @Test
    void aKeyIsShownOnceAndIsGoneWhenDeleted() {
        var made = owner.submit(
                owner.get("/console/keys"), "form[action=/console/keys]", Map.of("description", "<i>shop</i>"));

        String secretId = keys.list(account.id()).getFirst().secretId();
        String secretKey = keys.find(secretId).orElseThrow().secretKey();
        assertThat(made.text()).contains(secretId, secretKey, "<i>shop</i>");
        assertThat(made.response().headers().firstValue("cache-control")).hasValue("no-store");

        var later = owner.get("/console/keys");
        assertThat(later.text()).contains(secretId).doesNotContain(secretKey);

        var gone = owner.submit(later, "form[action$=/delete]", Map.of());
        assertThat(gone.text()).contains("已删除").contains("还没有密钥");
        assertThat(keys.list(account.id())).isEmpty();
    }

    @Test
    void aKeyOfAnotherAccountIsNotFound() {
        Account other = done(accounts.register("other", "test"));
        String secretId = done(keys.create(other.id(), "", "test")).secretId();
        String token = owner.get("/console/keys")
                .html()
                .selectFirst("input[name=_csrf]")
                .attr("value");

        assertThat(owner.post("/console/keys/" + secretId + "/delete", Map.of("_csrf", token))
                        .status())
                .isEqualTo(404);
        assertThat(keys.list(other.id())).hasSize(1);
    }

    @Test
    void anOwnerAddsAMemberWhoCannotAddOthers() {
        var page = owner.submit(
                owner.get("/console/members"),
                "form[action=/console/members]",
                Map.of("loginName", name + "-m", "password", PASSWORD));
        assertThat(page.text()).contains(name + "-m");

        try (PageVisitor member = new PageVisitor(port, "zh-CN").signedIn(name + "-m", PASSWORD)) {
            var list = member.get("/console/members");
            assertThat(list.status()).isEqualTo(200);
            assertThat(list.html().select("form[action=/console/members]")).isEmpty();
            String token = list.html().selectFirst("input[name=_csrf]").attr("value");
            assertThat(member.post("/console/members", Map.of("_csrf", token, "loginName", "x9", "password", PASSWORD))
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void aDeclinedFormComesBackWithTheReasonBesideItsField() {
        var page = owner.submit(
                owner.get("/console/members"),
                "form[action=/console/members]",
                Map.of("loginName", "bad name!", "password", PASSWORD));

        assertThat(page.status()).isEqualTo(422);
        assertThat(page.html().select("#loginName-err").text()).contains("bad name!");
        assertThat(page.html().select(".sum a[href=#loginName]")).hasSize(1);
        assertThat(page.html().selectFirst("#loginName").attr("value")).isEqualTo("bad name!");
    }

    @Test
    void activationIsHandedInAndConfirmedByTheOperator() {
        var page = owner.submit(
                owner.get("/console/account"),
                "form[action$=/activation]",
                Map.of("name", "清和科技有限公司", "number", "91440300MA5EXAMPLE"));
        assertThat(page.text()).contains("等待运营方确认").doesNotContain("91440300MA5EXAMPLE");

        String operatorName = "p" + name;
        done(users.create(null, operatorName, Role.OPERATOR, PASSWORD, "en", "test"));
        try (PageVisitor operator = new PageVisitor(port, "en").signedIn(operatorName, PASSWORD)) {
            var form = operator.get("/operator/accounts/" + account.id());
            assertThat(form.text()).contains("91440300MA5EXAMPLE", "清和 <b>科技</b>");
            assertThat(form.html().select(".hy.op")).hasSize(1);
            var confirmed = operator.submit(form, "form[action$=/confirm]", Map.of());
            assertThat(confirmed.html().select(".said.ok").text()).contains("is activated");
        }
        assertThat(accounts.find(account.id()).map(Account::state)).contains(AccountState.ACTIVATED);
    }

    private static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(var refusal) -> throw new AssertionError(refusal.toString());
        };
    }
}
