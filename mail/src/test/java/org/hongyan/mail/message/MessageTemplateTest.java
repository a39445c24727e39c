package org.hongyan.mail.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.hongyan.mail.message.MessageTemplate.Escape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTemplateTest {

    @Test
    void valuesTakeTheirPlaces() {
        MessageTemplate template = MessageTemplate.compile("Hi {{name}}, {{ 验证码 }}{{name}}!", Escape.NONE);
        assertThat(template.variables()).containsExactly("name", "验证码");
        assertThat(template.render(Map.of("name", "鸿雁", "验证码", "123", "more", "x")))
                .isEqualTo("Hi 鸿雁, 123鸿雁!");
    }

    @Test
    void aTextWithoutVariablesIsItself() {
        for (String text : new String[] {"", "a", "{", "}", "{x}", "}}", "a{color:red}}", "{ {x} }"}) {
            MessageTemplate template = MessageTemplate.compile(text, Escape.HTML);
            assertThat(template.variables()).isEmpty();
            assertThat(template.render(Map.of())).isEqualTo(text);
        }
    }

    @Test
    void valuesAreEscapedInHtmlOnly() {
        Map<String, String> values = Map.of("v", "<a href=\"x\" title='y'>&amp;</a>");
        assertThat(MessageTemplate.compile("<b>{{v}}</b>", Escape.HTML).render(values))
                .isEqualTo("<b>&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;</b>");
        assertThat(MessageTemplate.compile("<b>{{v}}</b>", Escape.NONE).render(values))
                .isEqualTo("<b><a href=\"x\" title='y'>&amp;</a></b>");
    }

    @Test
    void valuesAreNotTemplates() {
        MessageTemplate template = MessageTemplate.compile("{{a}}{{b}}", Escape.NONE);
        assertThat(template.render(Map.of("a", "{{b}}", "b", "{{a}}$1\\"))).isEqualTo("{{b}}{{a}}$1\\");
        assertThat(template.render(Map.of("a", "{{", "b", "a}}"))).isEqualTo("{{a}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A_9.b-c", "9", "变量", "имя", "नाम", "𠀀", "_"})
    void namesAreLettersOfAnyScript(String name) {
        assertThat(MessageTemplate.compile("{{  " + name + " }}", Escape.HTML).variables())
                .containsExactly(name);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "{{,1,1",
                "{{}},1,1",
                "{{ }},1,1",
                "x{{a,1,2",
                "{{a},1,1",
                "{{a b}},1,1",
                "{{a}}{{b,1,6",
                "{{{a}}},1,1",
                "{{#if a}},1,1",
                "{{a|b}},1,1",
                "`{{a\n}}`,1,1",
                "`line\nnext\r\n  {{a!}}`,3,3",
                "`鸿雁{{`,1,3",
            })
    void whatOpensAndIsNoVariableIsAnErrorWithItsPlace(String source, int line, int column) {
        MalformedTemplateException malformed = catchThrowableOfType(
                MalformedTemplateException.class, () -> MessageTemplate.compile(source, Escape.HTML));
        assertThat(malformed.line()).isEqualTo(line);
        assertThat(malformed.column()).isEqualTo(column);
        assertThat(malformed).hasMessageMatching("[^\n]+");
    }

    @Test
    void aNameHasAtMost64Characters() {
        assertThat(MessageTemplate.compile("{{" + "a".repeat(64) + "}}", Escape.NONE)
                        .variables())
                .hasSize(1);
        assertThatThrownBy(() -> MessageTemplate.compile("{{" + "a".repeat(65) + "}}", Escape.NONE))
                .isInstanceOf(MalformedTemplateException.class);
    }

    @Test
    void aMissingValueIsAnErrorThatNamesIt() {
        assertThatThrownBy(() -> MessageTemplate.compile("{{a}}", Escape.NONE).render(Map.of("b", "c")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a");
    }
}
