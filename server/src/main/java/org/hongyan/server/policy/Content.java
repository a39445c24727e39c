package org.hongyan.server.policy;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/** A mail as the rules look at it, taken apart once. */
final class Content {

    private static final List<String> BLOCKS_OUTSIDE_OF_HTML = List.of("br", "td", "th", "option");
    private static final List<String> UNSEEN = List.of("script", "style", "head", "title", "template", "noscript");

    private final Passage subject;
    private final @Nullable Document html;
    private final List<Passage> passages = new ArrayList<>();
    private final String visible;

    Content(String subject, @Nullable String htmlSource, @Nullable String text) {
        this.subject = Passage.whole("subject", subject);
        this.html = htmlSource == null ? null : parse(htmlSource);
        passages.add(this.subject);
        StringBuilder seen = new StringBuilder();
        if (html != null && htmlSource != null) {
            Passage body = Passage.within("html", htmlSource);
            Passage attributes = Passage.within("html", htmlSource);
            collect(html, htmlSource, body, attributes);
            passages.add(body);
            passages.add(attributes);
            seen.append(body.text());
        }
        if (text != null) {
            Passage plain = Passage.whole("text", text);
            passages.add(plain);
            if (html == null) {
                seen.append(text);
            }
        }
        this.visible = seen.toString();
    }

    Passage subject() {
        return subject;
    }

    /** Subject, text of the HTML, texts in its attributes, plain text: all that is there of them. */
    List<Passage> passages() {
        return List.copyOf(passages);
    }

    @Nullable
    Document html() {
        return html;
    }

    /** What the reader of the main part sees: the HTML's text, or the plain text when there is no HTML. */
    String visible() {
        return visible;
    }

    /** Such as {@code html:3:14}. */
    String placeOf(Node node) {
        // The parser has counted the lines already; counting anew for each element would take quadratic time.
        return node.sourceRange().isTracked()
                ? "html:" + node.sourceRange().start().lineNumber() + ":"
                        + node.sourceRange().start().columnNumber()
                : "html";
    }

    private static Document parse(String source) {
        return Parser.htmlParser().setTrackPosition(true).parseInput(source, "");
    }

    private static void collect(Document html, String source, Passage body, Passage attributes) {
        html.traverse(new NodeVisitor() {
            @Override
            public void head(Node node, int depth) {
                if (node instanceof TextNode text && isSeen(text)) {
                    int start = text.sourceRange().isTracked()
                            ? text.sourceRange().start().pos()
                            : -1;
                    int end = text.sourceRange().isTracked()
                            ? text.sourceRange().end().pos()
                            : -1;
                    boolean references = start >= 0
                            && source.substring(start, Math.min(end, source.length()))
                                            .indexOf('&')
                                    >= 0;
                    body.add(text.getWholeText(), start, references);
                } else if (node instanceof Element element) {
                    if (separates(element)) {
                        body.addBreak();
                    }
                    for (String name : List.of("alt", "title", "placeholder")) {
                        if (element.hasAttr(name)) {
                            int start = element.sourceRange().isTracked()
                                    ? element.sourceRange().start().pos()
                                    : -1;
                            attributes.add(element.attr(name), start, false);
                            attributes.addBreak();
                        }
                    }
                }
            }

            @Override
            public void tail(Node node, int depth) {
                if (node instanceof Element element && separates(element)) {
                    body.addBreak();
                }
            }
        });
    }

    private static boolean separates(Element element) {
        return element.isBlock() || BLOCKS_OUTSIDE_OF_HTML.contains(element.normalName());
    }

    private static boolean isSeen(TextNode text) {
        for (Node node = text.parent(); node != null; node = node.parent()) {
            if (UNSEEN.contains(node.normalName())) {
                return false;
            }
        }
        return true;
    }
}
