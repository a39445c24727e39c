package org.hongyan.server.smtp;

import java.util.UUID;
import org.hongyan.mail.smtp.Reply;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one line in which the reference tells business errors over SMTP: a fixed sentence, a mark, and a JSON object that
 * programs read. Always ASCII.
 */
final class BusinessError {

    private static final String SENTENCE = "Error: transaction failed, blame it on the weather: ##SES-response-json: ";

    /** So that a reply, and the line of the log that it ends in, stays readable. */
    private static final int LONGEST_MESSAGE = 600;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private BusinessError() {}

    /**
     * @param status class, subject and detail
     * @param errorCode in the reference's words
     * @param message what happened and what to do
     */
    static Reply reply(int code, String status, String errorCode, String message) {
        String shortened = message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "..." : message;
        ObjectNode response = JSON.createObjectNode();
        response.put("RequestId", UUID.randomUUID().toString());
        ObjectNode error = response.putObject("QcloudError").putObject("Error");
        error.put("Code", errorCode);
        error.put("Message", shortened);
        ObjectNode whole = JSON.createObjectNode();
        whole.set("Response", response);
        return Reply.of(code, status, SENTENCE + JSON.writeValueAsString(whole));
    }
}
