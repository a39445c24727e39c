package org.hongyan.server.console;

import jakarta.servlet.http.HttpServletResponse;

/** The content security policies of the console. */
final class PageHeaders {

    /**
     * Of every page: nothing inline, nothing from elsewhere. Tabler draws its arrows with {@code data:} images. Widths
     * are SVG attributes, so not even style attributes are needed.
     */
    static final String PAGE_POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
            + " form-action 'self'; frame-ancestors 'none'";

    /**
     * Of content that somebody else wrote: an origin of its own, no script, no request to anywhere. Mail carries its
     * styles inline; pictures show when they are part of the content.
     */
    private static final String FOREIGN_POLICY =
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

    private PageHeaders() {}

    /** Makes this response fit for the sandboxed frame of a page. */
    static void foreignContent(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", FOREIGN_POLICY);
        response.setHeader("X-Frame-Options", "SAMEORIGIN");
        response.setHeader("Cache-Control", "no-store");
    }
}
