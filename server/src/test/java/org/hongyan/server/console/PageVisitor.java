package org.hongyan.server.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Visits pages as a browser without scripts does: keeps cookies, fills in forms, follows redirects. */
final class PageVisitor implements AutoCloseable {

    /** An answer as a page. */
    record Page(int status, URI at, HttpResponse<String> response, Document html) {

        String text() {
            return html.text();
        }
    }

    private final URI root;
    private final String language;
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    PageVisitor(int port, String language) {
        this.root = URI.create("http://127.0.0.1:" + port + "/");
        this.language = language;
    }

    PageVisitor signedIn(String name, String password) {
        submit(get("/login"), "form", Map.of("username", name, "password", password));
        return this;
    }

    Page get(String path) {
        return send(request(path).GET());
    }

    /** Fills in and submits the first form of the page that matches, with its hidden fields and chosen values. */
    Page submit(Page page, String selector, Map<String, String> values) {
        Element form = page.html().selectFirst(selector);
        if (form == null) {
            throw new AssertionError("no " + selector + " in: " + page.text());
        }
        Map<String, String> fields = new LinkedHashMap<>();
        ((org.jsoup.nodes.FormElement) form).formData().forEach(field -> fields.put(field.key(), field.value()));
        fields.putAll(values);
        return post(form.attr("action"), fields);
    }

    Page post(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(root.resolve(path))
                .header("Accept", "text/html")
                .header("Accept-Language", language);
    }

    private Page send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Page(
                    response.statusCode(),
                    response.uri(),
                    response,
                    Jsoup.parse(response.body(), response.uri().toString()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close();
    }
}
