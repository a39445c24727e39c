package org.hongyan.server.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Set;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.junit.jupiter.api.Test;

class CompiledTemplateTest {

    private static final CompiledTemplate TEMPLATE = new CompiledTemplate(
            5, "Order {{order}}", "<p>Dear {{name}}, see <a href=\"{{url}}\">your order</a></p>", null);

    @Test
    void valuesAreEscapedInHtmlOnlyAndNeverReadAgain() {
        CompiledTemplate.Rendered rendered = TEMPLATE.render(
                null, Map.of("order", "7", "name", "<b>{{url}}</b>", "url", "https://a.test/?x=1&y=\"2\""));
        assertThat(rendered.subject()).isEqualTo("Order 7");
        assertThat(rendered.html())
                .isEqualTo("<p>Dear &lt;b&gt;{{url}}&lt;/b&gt;, see"
                        + " <a href=\"https://a.test/?x=1&amp;y=&quot;2&quot;\">your order</a></p>");
        assertThat(rendered.text()).isEqualTo("Dear <b>{{url}}</b>, see your order (https://a.test/?x=1&y=\"2\")\n");
    }

    @Test
    void aSubjectStaysOneLine() {
        String subject = TEMPLATE.render(null, Map.of("order", "7\r\nBcc: x@y.test\0", "name", "n", "url", "u"))
                .subject();
        assertThat(subject).isEqualTo("Order 7  Bcc: x@y.test ");
    }

    @Test
    void anotherSubjectBringsItsOwnVariables() {
        assertThat(TEMPLATE.variables()).containsExactly("order", "name", "url");
        assertThat(TEMPLATE.variablesWith("Hello {{who}}")).isEqualTo(Outcome.done(Set.of("who", "name", "url")));
        assertThat(TEMPLATE.variablesWith("Hello {{who"))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.TemplateMalformed.class));
        assertThat(TEMPLATE.variablesWith("Hello\nthere"))
                .isEqualTo(Outcome.refused(new Refusal.SubjectIllegal("control")));
        assertThat(TEMPLATE.render("Hi {{name}}", Map.of("name", "Li", "url", "u"))
                        .subject())
                .isEqualTo("Hi Li");
        assertThatIllegalArgumentException().isThrownBy(() -> TEMPLATE.render(null, Map.of("name", "Li")));
    }

    @Test
    void plainTextFollowsTheShapeOfTheHtml() {
        String text = PlainText.of("""
                <html><head><title>No</title><style>p{}</style></head><body>
                <h1>Hello  {{name}}</h1>
                <p>One<br>two &amp; three &#123;&#123;not&#125;&#125;</p>
                <ul><li>first</li><li>second <b>bold</b></li></ul>
                <table><tr><td>Total</td><td>12</td></tr></table>
                <script>no()</script><img src=x alt="a goose">
                <a href="{{link}}">here</a> <a href="javascript:x">there</a>
                </body></html>""");
        assertThat(text).isEqualTo("""
                Hello {{name}}

                One
                two & three { {not}}

                - first
                - second bold

                Total 12

                a goose here ({{link}}) there
                """);
    }

    @Test
    void ownTextIsTakenAsItIs() {
        CompiledTemplate own = new CompiledTemplate(6, "s", "<p>{{a}}</p>", "plain {{a}} {{b}}");
        assertThat(own.variables()).containsExactly("a", "b");
        assertThat(own.render(null, Map.of("a", "1", "b", "<2>")).text()).isEqualTo("plain 1 <2>");
        CompiledTemplate plain = new CompiledTemplate(7, "s", null, "plain");
        assertThat(plain.render(null, Map.of()).html()).isNull();
    }
}
