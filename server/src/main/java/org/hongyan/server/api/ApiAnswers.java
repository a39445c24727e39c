package org.hongyan.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes the envelope that SDKs read (reference, section 3.5): no {@code Error} on success, not even null. */
final class ApiAnswers {

    private final JsonMapper mapper = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    byte[] render(ActionResult result, String requestId, String language) {
        ObjectNode response = switch (result) {
            case ActionResult.Ok(Record answer) -> mapper.valueToTree(answer);
            case ActionResult.Failed(TencentError error) -> {
                ObjectNode failed = mapper.createObjectNode();
                failed.putObject("Error").put("Code", error.code()).put("Message", ApiTexts.text(error, language));
                yield failed;
            }
        };
        response.put("RequestId", requestId);
        ObjectNode envelope = mapper.createObjectNode();
        envelope.set("Response", response);
        return mapper.writeValueAsBytes(envelope);
    }
}
