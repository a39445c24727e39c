package org.hongyan.mail.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;

/**
 * Sorts replies from a shell: lines of MX host (or provider name), tab, reply; prints category, tab, blame, tab, the
 * rule that decided. A line without a tab is a reply of an unknown host.
 */
public final class ClassifyCommand {

    private final BounceClassifier classifier;

    /** Sorts by this classifier. */
    public ClassifyCommand(BounceClassifier classifier) {
        this.classifier = classifier;
    }

    /**
     * Answers line by line until the input ends.
     *
     * @throws IOException when the input cannot be read
     */
    public void run(BufferedReader in, PrintWriter out) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            int tab = line.indexOf('\t');
            String host = tab < 0 ? "" : line.substring(0, tab);
            String reply = line.substring(tab + 1).replace('\t', ' ');
            Classification found = classifier.classify(host, reply);
            out.println(found.category().wireName() + "\t" + found.blame().wireName() + "\t" + found.rule());
        }
        out.flush();
    }
}
