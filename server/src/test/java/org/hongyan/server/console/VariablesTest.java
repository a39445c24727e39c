package org.hongyan.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.junit.jupiter.api.Test;

final class VariablesTest {

    @Test
    void aMissingCommaIsFoundAtItsPlace() {
        var outcome = Variables.read("{\n  \"name\": \"林月\"\n  \"eta\": 3\n}");

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal())
                                .isInstanceOfSatisfying(
                                        Refusal.VariablesNotJson.class,
                                        broken -> assertThat(broken.line()).isEqualTo(3)));
    }

    @Test
    void whatIsNoObjectOfPlainValuesIsRefused() {
        for (String json : List.of("[]", "3", "{\"a\":{}}", "{\"a\":null}", "{} x", "{\"a\":1,\"a\":2}")) {
            assertThat(Variables.read(json)).as(json).isInstanceOf(Outcome.Refused.class);
        }
    }

    @Test
    void valuesAreReadAsText() {
        assertThat(Variables.read("{\"name\":\"林月\",\"count\":3,\"vip\":true}"))
                .isEqualTo(Outcome.done(Map.of("name", "林月", "count", "3", "vip", "true")));
        assertThat(Variables.read("  ")).isEqualTo(Outcome.done(Map.of()));
    }

    @Test
    void repairAddsWhatIsMissingAndTakesOutWhatIsSurplus() {
        String repaired = Variables.repaired("{\"name\":\"林月\",\"old\":1}", List.of("name", "eta"));

        assertThat(Variables.read(repaired)).isEqualTo(Outcome.done(Map.of("name", "林月", "eta", "")));
    }
}
