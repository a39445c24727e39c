package org.hongyan.server.console;

import jakarta.servlet.http.HttpServletResponse;
import org.hongyan.server.suppression.Unsubscribes;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * The page behind an unsubscribe link: one button, no sign-in. Looking at it changes nothing, since scanners follow links;
 * the button posts to the suppression room, which leads back here.
 */
@Controller
final class UnsubscribePages {

    private final Unsubscribes unsubscribes;

    UnsubscribePages(Unsubscribes unsubscribes) {
        this.unsubscribes = unsubscribes;
    }

    @GetMapping("/u/{token}")
    ModelAndView ask(
            @PathVariable String token,
            @RequestParam(name = "done", required = false) String done,
            HttpServletResponse response) {
        // The address in the page is nobody's business but the reader's.
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        return unsubscribes
                .read(token)
                .map(request -> new ModelAndView("console/unsubscribe/page")
                        .addObject("address", request.address().toString())
                        .addObject("domain", request.domain().unicode())
                        .addObject("token", token)
                        .addObject("done", done != null))
                .orElseGet(() -> new ModelAndView("console/unsubscribe/unknown", HttpStatus.NOT_FOUND));
    }
}
