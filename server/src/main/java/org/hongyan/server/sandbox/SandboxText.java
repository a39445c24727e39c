package org.hongyan.server.sandbox;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** What the terminal shows once the sandbox is ready. */
final class SandboxText {

    private SandboxText() {}

    static String of(Map<String, Object> facts, Path file) {
        String api = String.valueOf(facts.get("api"));
        return """

                Hongyan 鸿雁 sandbox is ready. Nothing here reaches the internet; Ctrl-C stops it, the data stays.

                  console    %s     member: %s, operator: %s
                  inbox      %s
                  API        %s
                  SMTP       %s (STARTTLS), %s (TLS)
                  all of it  %s

                A first mail with Tencent's SDK for Java (com.tencentcloudapi:tencentcloud-sdk-java-ses), as it stands:

                  var http = new com.tencentcloudapi.common.profile.HttpProfile();
                  http.setProtocol("http://");
                  http.setEndpoint("%s");
                  var profile = new com.tencentcloudapi.common.profile.ClientProfile();
                  profile.setHttpProfile(http);
                  var client = new com.tencentcloudapi.ses.v20201002.SesClient(
                      new com.tencentcloudapi.common.Credential("%s", "%s"), "ap-guangzhou", profile);
                  var template = new com.tencentcloudapi.ses.v20201002.models.Template();
                  template.setTemplateID(%sL);
                  template.setTemplateData("{\\"name\\":\\"Ada\\"}");
                  var mail = new com.tencentcloudapi.ses.v20201002.models.SendEmailRequest();
                  mail.setFromEmailAddress("Example <%s>");
                  mail.setDestination(new String[] {"ada@qq.com"});
                  mail.setSubject("Welcome, Ada");
                  mail.setTemplate(template);
                  System.out.println(client.SendEmail(mail).getMessageId());

                """.formatted(
                        facts.get("console"),
                        signIn(Objects.requireNonNull(facts.get("member"))),
                        signIn(Objects.requireNonNull(facts.get("operator"))),
                        facts.get("inbox"),
                        api,
                        facts.get("smtp"),
                        facts.get("smtps"),
                        file,
                        api.replaceFirst("^http://", ""),
                        facts.get("secretId"),
                        facts.get("secretKey"),
                        facts.get("template"),
                        facts.get("sender"));
    }

    private static String signIn(Object person) {
        return person instanceof Map<?, ?> fields ? fields.get("user") + " / " + fields.get("password") : "";
    }
}
