package org.hongyan.server.console;

import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * One sentence on top of the page that follows an act.
 *
 * @param tone {@code ok}, {@code wait} or {@code bad}
 */
record Notice(String tone, String text) {

    static final String NAME = "notice";

    static void done(RedirectAttributes next, String text) {
        next.addFlashAttribute(NAME, new Notice("ok", text));
    }

    static void trouble(RedirectAttributes next, String text) {
        next.addFlashAttribute(NAME, new Notice("bad", text));
    }
}
