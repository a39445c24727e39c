package org.hongyan.server.launch;

import java.util.Optional;
import org.hongyan.server.account.ConsoleUsers;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Tells where the console is, and at the first start makes the operator and shows the password. */
@Component
@Profile("!sandbox")
final class ServeGreeting implements Greeting {

    private final ConsoleUsers users;
    private final ServletWebServerApplicationContext context;

    ServeGreeting(ConsoleUsers users, ServletWebServerApplicationContext context) {
        this.users = users;
        this.context = context;
    }

    @Override
    public String text() {
        Optional<String> password = users.createFirstOperator();
        int port = context.getWebServer() == null ? 0 : context.getWebServer().getPort();
        return "Hongyan runs. Console and API: http://127.0.0.1:" + port + "/\n"
                + password.map(once -> "Sign in as operator with the password " + once
                                + " (shown this once; change it after signing in).\n")
                        .orElse("");
    }
}
