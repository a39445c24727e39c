package org.hongyan.mail.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hongyan.mail.smtp.Reply;

/**
 * Sorts the replies of receiving servers into categories and says whom to blame.
 *
 * <p>Order: the rules of the provider, chosen by the MX host, since companies host at the big ones; the rules for
 * everybody's text; the enhanced code; the basic code. A basic code alone is never read as an invalid address, since
 * {@code 550} is said for everything. Immutable and thread-safe.
 */
public final class BounceClassifier {

    private static final String STANDARD_RULES = "bounce-rules.txt";

    private final BounceRules rules;

    private BounceClassifier(BounceRules rules) {
        this.rules = rules;
    }

    /** The rules that come with the engine. */
    public static BounceClassifier standard() {
        return new BounceClassifier(BounceRules.parse(standardLines()));
    }

    /**
     * The operator's rules before the standard ones, in the same form.
     *
     * @throws IllegalArgumentException with the line and the problem, when they do not follow the form
     */
    public static BounceClassifier withRules(List<String> lines) {
        List<BounceRules.Section> sections =
                new ArrayList<>(BounceRules.parse(lines).sections());
        sections.addAll(BounceRules.parse(standardLines()).sections());
        return new BounceClassifier(new BounceRules(List.copyOf(sections)));
    }

    /** @param mxHost the host that replied; empty when unknown */
    public Classification classify(String mxHost, Reply reply) {
        return classify(mxHost, reply.toString());
    }

    /**
     * @param hostOrProvider MX host name, or a provider's name of the rule file; empty when unknown
     * @param reply text with or without its codes
     */
    public Classification classify(String hostOrProvider, String reply) {
        ReplyText text = ReplyText.of(reply);
        String host = hostOrProvider.toLowerCase(Locale.ROOT).strip();
        for (boolean everybody : new boolean[] {false, true}) {
            for (BounceRules.Section section : rules.sections()) {
                if (section.name().isEmpty() == everybody && section.appliesTo(host)) {
                    for (BounceRules.Rule rule : section.rules()) {
                        if (rule.matches(text)) {
                            return new Classification(rule.category(), rule.blame(), rule.id());
                        }
                    }
                }
            }
        }
        return BounceCodes.classify(text);
    }

    private static List<String> standardLines() {
        try (InputStream file = BounceClassifier.class.getResourceAsStream(STANDARD_RULES)) {
            if (file == null) {
                throw new IllegalStateException("the rule file " + STANDARD_RULES + " is missing from the program");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException("the rule file cannot be read", broken);
        }
    }
}
