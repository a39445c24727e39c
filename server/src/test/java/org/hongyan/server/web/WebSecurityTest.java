package org.hongyan.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.hongyan.server.ServerTest;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.account.Accounts;
import org.hongyan.server.account.ConsoleUser;
import org.hongyan.server.account.ConsoleUsers;
import org.hongyan.server.account.Role;
import org.hongyan.server.account.TestAccounts;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Over real HTTP, as a browser does it. */
@ServerTest
class WebSecurityTest {

    private static final String PASSWORD = "correct horse 1";

    @LocalServerPort
    private int port;

    @Autowired
    private Accounts accounts;

    @Autowired
    private ConsoleUsers users;

    @Test
    void aStrangerIsLedToTheSignInAndBackToThePageThatWasWanted() throws Exception {
        ConsoleUser user = user(Role.OWNER);
        Browser browser = new Browser();
        HttpResponse<String> refused = browser.get("/console/domains?page=2");
        assertThat(refused.statusCode()).isEqualTo(302);
        assertThat(location(refused)).isEqualTo("/login");
        browser.get("/login");
        HttpResponse<String> welcome = browser.signIn(user.loginName(), PASSWORD);
        assertThat(location(welcome)).startsWith("/console/domains?page=2");
        assertThat(browser.get("/console/domains").statusCode()).isNotIn(302, 401, 403);
    }

    @Test
    void theCookieCannotBeReadByScriptsNorSentByOtherSitesAndChangesAtSignIn() throws Exception {
        ConsoleUser user = user(Role.OWNER);
        Browser browser = new Browser();
        browser.get("/login");
        browser.plant("planted-token");
        HttpResponse<String> welcome = browser.signIn(user.loginName(), PASSWORD);
        String cookie = welcome.headers().allValues("set-cookie").stream()
                .filter(line -> line.startsWith("hongyan_session="))
                .findFirst()
                .orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/").doesNotContain("planted-token");
    }

    @Test
    void aFormWithoutItsTokenIsRefused() throws Exception {
        ConsoleUser user = user(Role.OWNER);
        Browser browser = new Browser();
        HttpResponse<String> forged = browser.post(
                "/login",
                "username=" + user.loginName() + "&password=" + URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8));
        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(browser.get("/console").statusCode()).isEqualTo(302);
    }

    @Test
    void eachRoleStaysOnItsSide() throws Exception {
        Browser owner = signedIn(user(Role.OWNER));
        assertThat(owner.get("/operator").statusCode()).isEqualTo(403);
        assertThat(owner.get("/operator/reviews").statusCode()).isEqualTo(403);
        assertThat(owner.get("/console").statusCode()).isNotIn(302, 403);

        Browser reviewer = signedIn(user(Role.REVIEWER));
        assertThat(reviewer.get("/operator/reviews").statusCode()).isNotIn(302, 403);
        assertThat(reviewer.get("/operator/accounts").statusCode()).isEqualTo(403);
        assertThat(reviewer.get("/console").statusCode()).isEqualTo(403);

        Browser operator = signedIn(user(Role.OPERATOR));
        assertThat(operator.get("/operator/accounts").statusCode()).isNotIn(302, 403);
        assertThat(operator.get("/console").statusCode()).isEqualTo(403);
    }

    @Test
    void badPasswordsLockAndSignOutAndANewPasswordEndTheSession() throws Exception {
        ConsoleUser user = user(Role.MEMBER);
        Browser first = signedIn(user);
        Browser second = signedIn(user);
        assertThat(second.post("/logout", "_csrf=" + second.token()).statusCode())
                .isEqualTo(302);
        assertThat(second.get("/console").statusCode()).isEqualTo(302);
        assertThat(first.get("/console").statusCode()).isNotEqualTo(302);
        TestAccounts.done(users.changePassword(user, PASSWORD, "another good one"));
        assertThat(first.get("/console").statusCode()).isEqualTo(302);

        ConsoleUser locked = user(Role.MEMBER);
        Browser attacker = new Browser();
        attacker.get("/login");
        for (int i = 0; i < 10; i++) {
            assertThat(location(attacker.signIn(locked.loginName(), "wrong " + i)))
                    .isEqualTo("/login?error");
        }
        assertThat(location(attacker.signIn(locked.loginName(), PASSWORD))).isEqualTo("/login?error=locked");
    }

    @Test
    void everyAnswerCarriesAContentPolicy() throws Exception {
        for (String path : new String[] {"/login", "/console", "/no-such-page"}) {
            assertThat(new Browser().get(path).headers().firstValue("content-security-policy"))
                    .as(path)
                    .hasValueSatisfying(policy -> assertThat(policy)
                            .contains("default-src 'self'", "frame-ancestors 'none'")
                            .doesNotContain("unsafe-inline"));
        }
    }

    @Test
    void theSandboxIsNotThereOutsideOfIt() throws Exception {
        assertThat(new Browser().get("/sandbox/api/mail").statusCode()).isEqualTo(403);
        assertThat(signedIn(user(Role.OWNER)).get("/sandbox/api/mail").statusCode())
                .isEqualTo(404);
    }

    private ConsoleUser user(Role role) {
        String name = "u" + UUID.randomUUID().toString().substring(0, 8);
        AccountId account = role.runsTheService()
                ? null
                : TestAccounts.done(accounts.register(name, "test")).id();
        return TestAccounts.done(users.create(account, name, role, PASSWORD, "en", "test"));
    }

    private Browser signedIn(ConsoleUser user) throws Exception {
        Browser browser = new Browser();
        browser.get("/login");
        assertThat(location(browser.signIn(user.loginName(), PASSWORD))).doesNotContain("error");
        return browser;
    }

    private static String location(HttpResponse<String> response) {
        String location = response.headers().firstValue("location").orElse("");
        return location.replaceFirst("^http://127\\.0\\.0\\.1:\\d+", "");
    }

    /** Keeps cookies and follows no redirects. */
    private final class Browser {

        private final CookieManager cookies = new CookieManager();
        private final HttpClient client =
                HttpClient.newBuilder().cookieHandler(cookies).build();

        HttpResponse<String> get(String path) throws IOException, InterruptedException {
            return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)));
        }

        HttpResponse<String> post(String path, String form) throws IOException, InterruptedException {
            return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form)));
        }

        HttpResponse<String> signIn(String name, String password) throws IOException, InterruptedException {
            return post(
                    "/login",
                    "username=" + name + "&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8) + "&_csrf="
                            + token());
        }

        /** What a page's form carries: the cookie's token, masked (here with zeros) against compression attacks. */
        String token() throws IOException, InterruptedException {
            get("/login");
            String token = cookies.getCookieStore().getCookies().stream()
                    .filter(cookie -> cookie.getName().equals("hongyan_csrf"))
                    .map(HttpCookie::getValue)
                    .findFirst()
                    .orElseThrow();
            return URLEncoder.encode(token, StandardCharsets.UTF_8);
        }

        void plant(String session) {
            HttpCookie cookie = new HttpCookie("hongyan_session", session);
            cookie.setPath("/");
            cookie.setVersion(0);
            cookies.getCookieStore().add(URI.create("http://127.0.0.1:" + port + "/"), cookie);
        }

        private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
