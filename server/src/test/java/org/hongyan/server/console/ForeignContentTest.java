package org.hongyan.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

final class ForeignContentTest {

    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @Test
    void aMailIsShownUnderAPolicyThatAllowsItNothing() {
        ForeignContent.page(response, "<p>x</p>", null);

        assertThat(response.getHeader("Content-Security-Policy"))
                .contains("sandbox;")
                .contains("default-src 'none'")
                .doesNotContain("script");
        assertThat(response.getHeader("X-Frame-Options")).isEqualTo("SAMEORIGIN");
    }

    @Test
    void scriptsRefreshesAndLinksAreTakenOut() {
        String body = ForeignContent.page(
                        response,
                        "<meta http-equiv=refresh content='0;url=//evil.example'><base href='//evil.example'>"
                                + "<script>alert(1)</script><a href='javascript:alert(2)'>go</a>",
                        null)
                .getBody();

        assertThat(body).doesNotContain("evil.example").doesNotContain("alert").contains(">go</a>");
    }

    @Test
    void variablesWithoutValueStandOutInTextButNotInAttributes() {
        String body = ForeignContent.page(response, "<p title='{{name}}'>Dear {{name}}, by {{ eta }}.</p>", null)
                .getBody();

        assertThat(body)
                .contains("title=\"{{name}}\"")
                .contains(">{{name}}</mark>, by ")
                .contains(">{{ eta }}</mark>.");
    }

    @Test
    void plainTextIsEscaped() {
        String body = ForeignContent.page(response, null, "<b>1 < 2</b>").getBody();

        assertThat(body).contains("&lt;b&gt;1 &lt; 2&lt;/b&gt;");
    }
}
