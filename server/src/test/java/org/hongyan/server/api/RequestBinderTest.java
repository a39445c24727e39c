package org.hongyan.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RequestBinderTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void bindsTheWholeOfASendEmail() throws Exception {
        SendEmail.Request request = new RequestBinder(false).bind(JSON.readTree("""
                                {"FromEmailAddress":"a@b.example","Subject":"s","Destination":["x@y.example"],
                                 "Template":{"TemplateID":7,"TemplateData":"{}"},
                                 "Attachments":[{"FileName":"a.txt","Content":"YQ=="}],"TriggerType":1,"Novel":{"x":1}}"""), SendEmail.Request.class);
        assertThat(request.fromEmailAddress()).isEqualTo("a@b.example");
        assertThat(request.destination()).containsExactly("x@y.example");
        assertThat(request.cc()).isEmpty();
        assertThat(template(request).templateID()).isEqualTo(7);
        assertThat(request.attachments().getFirst().fileName()).isEqualTo("a.txt");
        assertThat(request.triggerType()).isEqualTo(1);
        assertThat(request.smtpHeaders()).isNull();
    }

    @Test
    void flattenedParametersMeanTheSame() throws Exception {
        SendEmail.Request request = new RequestBinder(true)
                .bind(
                        FlatParameters.tree(FlatParameters.decode("FromEmailAddress=a%40b.example&Subject=s+t"
                                + "&Destination.0=x%40y.example&Destination.1=z%40y.example"
                                + "&Template.TemplateID=7&Template.TemplateData=%7B%7D&Attachments.0.FileName=a.txt")),
                        SendEmail.Request.class);
        assertThat(request.subject()).isEqualTo("s t");
        assertThat(request.destination()).containsExactly("x@y.example", "z@y.example");
        assertThat(template(request).templateID()).isEqualTo(7);
        assertThat(request.attachments()).hasSize(1);
    }

    @Test
    void aMissingFieldIsNamedWithItsPath() {
        assertMisfit("{\"FromEmailAddress\":\"a\",\"Subject\":null}", "MissingParameter", "Subject");
        assertMisfit(
                "{\"FromEmailAddress\":\"a\",\"Subject\":\"s\",\"Template\":{\"TemplateID\":1}}",
                "MissingParameter",
                "Template.TemplateData");
    }

    @Test
    void aMistypedFieldIsNamedWithItsPath() {
        assertMisfit("{\"FromEmailAddress\":7}", "InvalidParameter", "FromEmailAddress");
        assertMisfit(
                "{\"FromEmailAddress\":\"a\",\"Subject\":\"s\",\"Destination\":\"x@y\"}",
                "InvalidParameter",
                "Destination");
        assertMisfit(
                "{\"FromEmailAddress\":\"a\",\"Subject\":\"s\",\"Destination\":[\"x\",null]}",
                "InvalidParameter",
                "Destination.1");
        assertMisfit(
                "{\"FromEmailAddress\":\"a\",\"Subject\":\"s\",\"Template\":{\"TemplateID\":\"1\",\"TemplateData\":\"\"}}",
                "InvalidParameter",
                "Template.TemplateID");
        assertMisfit(
                "{\"FromEmailAddress\":\"a\",\"Subject\":\"s\",\"TriggerType\":1.5}",
                "InvalidParameter",
                "TriggerType");
        assertMisfit("[]", "InvalidParameter", "body");
    }

    @Test
    void contradictingNamesAreRefused() {
        assertThatThrownBy(() -> FlatParameters.tree(FlatParameters.decode("A=1&A.B=2")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FlatParameters.tree(FlatParameters.decode("A.B.C.D.E.F.G.H.I=1")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(FlatParameters.tree(FlatParameters.decode("A.0=x&A.2=y"))
                        .get("A")
                        .isObject())
                .isTrue();
    }

    private static SendEmail.TemplateChoice template(SendEmail.Request request) {
        SendEmail.@Nullable TemplateChoice template = request.template();
        return java.util.Objects.requireNonNull(template);
    }

    private static void assertMisfit(String json, String code, String parameter) {
        assertThatThrownBy(() -> new RequestBinder(false).bind(JSON.readTree(json), SendEmail.Request.class))
                .isInstanceOfSatisfying(RequestBinder.Misfit.class, misfit -> {
                    assertThat(misfit.error().code()).isEqualTo(code);
                    assertThat(misfit.error().facts()).containsEntry("parameter", parameter);
                });
    }
}
