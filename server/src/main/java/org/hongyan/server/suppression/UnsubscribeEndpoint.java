package org.hongyan.server.suppression;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes the POST of an unsubscribe link: one-click from a mailbox provider (RFC 8058) and the button of our own page.
 * Needs no sign-in and no CSRF token: the signed token in the path is the permission, and doing it twice is harmless.
 */
@RestController
class UnsubscribeEndpoint {

    private final Unsubscribes unsubscribes;

    UnsubscribeEndpoint(Unsubscribes unsubscribes) {
        this.unsubscribes = unsubscribes;
    }

    /**
     * Unsubscribes. A browser that pressed the button ({@code confirm}) is led back to the page, which then tells that
     * it is done; a provider gets a plain answer.
     */
    @PostMapping("/u/{token}")
    ResponseEntity<String> post(
            @PathVariable String token, @RequestParam(name = "confirm", required = false) String confirm) {
        if (unsubscribes.confirm(token).isEmpty()) {
            return ResponseEntity.status(HttpStatus.NOT_FOUND)
                    .contentType(MediaType.TEXT_PLAIN)
                    .body("Unknown link\n");
        }
        if (confirm != null) {
            return ResponseEntity.status(HttpStatus.SEE_OTHER)
                    .header("Location", "/u/" + token + "?done")
                    .build();
        }
        return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body("Unsubscribed\n");
    }
}
