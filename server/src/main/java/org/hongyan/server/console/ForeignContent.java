package org.hongyan.server.console;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * Mail content as a page for a sandboxed frame. What somebody else wrote never becomes part of a page of ours: it is a
 * document of its own under {@link PageHeaders#foreignContent}, so it can neither run a script nor fetch anything.
 */
final class ForeignContent {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([A-Za-z_][A-Za-z0-9_.-]{0,63})\\s*}}");
    private static final String MARK = "background:#faefd9;color:#835400;padding:0 3px;border-radius:3px";

    private ForeignContent() {}

    /** The HTML of a mail, or its text in plain letters when it has no HTML; variables without a value stand out. */
    static ResponseEntity<String> page(HttpServletResponse response, @Nullable String html, @Nullable String text) {
        PageHeaders.foreignContent(response);
        Document document = html != null ? Jsoup.parse(html) : ofText(text == null ? "" : text);
        document.select("meta[http-equiv], base, script").remove();
        // A click would lead out of the frame only to be stopped there; it may open nothing at all.
        document.select("a[href], area[href]").removeAttr("href");
        if (document.charset() != null) {
            document.outputSettings().charset(java.nio.charset.StandardCharsets.UTF_8);
        }
        document.outputSettings().prettyPrint(false);
        markVariables(document);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .body(document.outerHtml());
    }

    private static Document ofText(String text) {
        Document document = Document.createShell("");
        document.body()
                .attr("style", "margin:0;padding:20px 24px;background:#fff;color:#222")
                .appendElement("pre")
                .attr("style", "white-space:pre-wrap;overflow-wrap:anywhere;margin:0;font:14px/1.7 monospace")
                .text(text);
        return document;
    }

    private static void markVariables(Document document) {
        List<TextNode> texts = document.body().stream()
                .flatMap(element -> element.textNodes().stream())
                .filter(node -> node.getWholeText().contains("{{"))
                .toList();
        texts.forEach(ForeignContent::markVariables);
    }

    private static void markVariables(TextNode node) {
        String text = node.getWholeText();
        Matcher matcher = VARIABLE.matcher(text);
        int at = 0;
        while (matcher.find()) {
            node.before(new TextNode(text.substring(at, matcher.start())));
            node.before(new Element("mark").attr("style", MARK).text(matcher.group()));
            at = matcher.end();
        }
        if (at > 0) {
            node.text(text.substring(at));
        }
    }
}
