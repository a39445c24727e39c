package org.hongyan.server.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hongyan.mail.report.BounceClassifier;
import org.hongyan.mail.report.ClassifyCommand;

/** {@code bin/hongyan classify}: sorts replies of receiving servers, a line each. */
public final class ClassifyTool implements Tool {

    @Override
    public String name() {
        return "classify";
    }

    @Override
    public String summary() {
        return "sorts replies: lines of MX host, tab, reply in; category, blame, rule out";
    }

    @Override
    public int run(List<String> arguments, InputStream in, PrintStream out, PrintStream err) throws IOException {
        new ClassifyCommand(BounceClassifier.standard())
                .run(
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)),
                        new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)));
        return 0;
    }
}
