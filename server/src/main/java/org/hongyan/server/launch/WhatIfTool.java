package org.hongyan.server.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hongyan.server.reputation.LevelRules;
import org.hongyan.server.reputation.WhatIf;

/** {@code bin/hongyan what-if}: holds imagined days against the reputation rules, a JSON line each. */
public final class WhatIfTool implements Tool {

    @Override
    public String name() {
        return "what-if";
    }

    @Override
    public String summary() {
        return "holds imagined days against the reputation rules: JSON lines in, JSON lines out";
    }

    @Override
    public int run(List<String> arguments, InputStream in, PrintStream out, PrintStream err) throws IOException {
        WhatIf whatIf = new WhatIf(LevelRules.standard());
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isBlank()) {
                out.println(whatIf.answer(line));
            }
        }
        return 0;
    }
}
