package org.hongyan.server.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WhatIfTest {

    private static final WhatIf WHAT_IF = new WhatIf(LevelRules.standard());

    @Test
    void tellsTheDecisionWithEveryFigure() {
        JsonNode answer = ask("{\"level\":5,\"sent\":9200,\"delivered\":8740,\"invalid\":230,\"spamRejected\":64,"
                + "\"complaints\":5,\"opens\":3300}");
        assertThat(answer.get("decision").stringValue()).isEqualTo("up");
        JsonNode invalid = answer.get("rules").get(1);
        assertThat(invalid.get("rule").stringValue()).isEqualTo("U1");
        assertThat(invalid.get("figure").doubleValue()).isEqualTo(0.025);
        assertThat(invalid.get("threshold").doubleValue()).isEqualTo(0.05);
        assertThat(invalid.get("met").booleanValue()).isTrue();
        assertThat(answer.get("missing").get("U1").isEmpty()).isTrue();
        assertThat(answer.get("missing").get("U2").get("opens").longValue()).isEqualTo(1071);
    }

    @Test
    void tellsTheStrongestDecision() {
        assertThat(ask("{\"level\":3,\"sent\":1000,\"delivered\":800,\"invalid\":120}")
                        .get("decision")
                        .stringValue())
                .isEqualTo("ban");
        assertThat(ask("{\"level\":3,\"sent\":1000,\"delivered\":900,\"invalid\":100}")
                        .get("decision")
                        .stringValue())
                .isEqualTo("down");
        assertThat(ask("{\"level\":3}").get("decision").stringValue()).isEqualTo("none");
    }

    @Test
    void saysWhatIsWrongWithALine() {
        assertThat(ask("{\"sent\":1}").get("error").stringValue()).contains("level is needed");
        assertThat(ask("{\"level\":3,\"sent\":-1}").get("error").stringValue()).contains("sent must be 0 to");
        assertThat(ask("{\"level\":3,\"sent\":\"1\"}").get("error").stringValue())
                .contains("whole number");
        assertThat(ask("{\"level\":99}").get("error").stringValue()).contains("0 to 20");
        assertThat(ask("nonsense").get("error").stringValue()).contains("not a JSON object");
        assertThat(ask("[]").get("error").stringValue()).contains("not a JSON object");
    }

    private static JsonNode ask(String line) {
        return new JsonMapper().readTree(WHAT_IF.answer(line));
    }
}
