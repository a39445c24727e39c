package org.hongyan.server.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/**
 * Derives the plain-text alternative of an HTML template: paragraphs as lines, list items with dashes, links with their
 * targets. Variables stay variables.
 *
 * <p>Variables are taken out before the HTML is parsed and put back afterwards. Else braces that the HTML writes as
 * references, and so are text, would turn into variables.
 */
final class PlainText {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{[^{}]*}}");

    /** Private-use characters that stand for a variable while the HTML is taken apart. */
    private static final char OPEN = '\uE0F0';

    private static final char CLOSE = '\uE0F1';
    private static final Pattern STAND_IN = Pattern.compile(OPEN + "(\\d{1,9})" + CLOSE);

    private PlainText() {}

    static String of(String html) {
        List<String> variables = new ArrayList<>();
        String source = html.replace(OPEN, ' ').replace(CLOSE, ' ');
        String withoutVariables = VARIABLE.matcher(source).replaceAll(match -> {
            variables.add(match.group());
            return OPEN + Integer.toString(variables.size() - 1) + CLOSE;
        });
        Writer writer = new Writer();
        Jsoup.parse(withoutVariables).body().traverse(writer);
        // What is left of double braces is text; a space keeps it from being read as a variable.
        String text = writer.finished().replace("{{", "{ {").replace("{{", "{ {");
        return STAND_IN.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(variables.get(Integer.parseInt(match.group(1)))));
    }

    private static final class Writer implements NodeVisitor {

        private final StringBuilder out = new StringBuilder();
        private int silent;

        @Override
        public void head(Node node, int depth) {
            if (node instanceof TextNode text) {
                if (silent == 0) {
                    append(text.getWholeText());
                }
            } else if (node instanceof Element element) {
                open(element);
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (node instanceof Element element) {
                close(element);
            }
        }

        private void open(Element element) {
            switch (element.normalName()) {
                case "script", "style", "head", "title", "template" -> silent++;
                case "br" -> out.append('\n');
                case "hr" -> line("----");
                case "li" -> {
                    lines(1);
                    out.append("- ");
                }
                case "td", "th" -> {
                    if (!out.isEmpty() && out.charAt(out.length() - 1) != '\n') {
                        out.append(' ');
                    }
                }
                case "img" -> append(element.attr("alt"));
                case "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "table", "pre" -> lines(2);
                default -> {
                    if (element.isBlock()) {
                        lines(1);
                    }
                }
            }
        }

        private void close(Element element) {
            switch (element.normalName()) {
                case "script", "style", "head", "title", "template" -> silent--;
                case "a" -> appendTarget(element);
                case "td", "th" -> {
                    // The cells of a row share its line.
                }
                case "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "table", "pre" -> lines(2);
                default -> {
                    if (element.isBlock()) {
                        lines(1);
                    }
                }
            }
        }

        private void appendTarget(Element link) {
            String target = link.attr("href").strip();
            String lower = target.toLowerCase(Locale.ROOT);
            boolean worth = lower.startsWith("http") || lower.startsWith("mailto:") || target.indexOf(OPEN) == 0;
            if (silent == 0 && worth && !link.text().contains(target)) {
                out.append(" (").append(target).append(')');
            }
        }

        private void line(String text) {
            lines(1);
            out.append(text);
            lines(1);
        }

        /** At least that many line feeds before what follows, but none at the start. */
        private void lines(int count) {
            trimSpaces();
            int have = 0;
            while (have < out.length() && have < count && out.charAt(out.length() - 1 - have) == '\n') {
                have++;
            }
            if (!out.isEmpty()) {
                out.repeat("\n", count - have);
            }
        }

        private void append(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                boolean space = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
                if (!space) {
                    out.append(c);
                } else if (!out.isEmpty()
                        && out.charAt(out.length() - 1) != ' '
                        && out.charAt(out.length() - 1) != '\n') {
                    out.append(' ');
                }
            }
        }

        private void trimSpaces() {
            while (!out.isEmpty() && out.charAt(out.length() - 1) == ' ') {
                out.setLength(out.length() - 1);
            }
        }

        String finished() {
            return out.toString().strip() + "\n";
        }
    }
}
