package org.hongyan.sandbox.inbox;

import java.util.List;

/**
 * A part of the list.
 *
 * @param mails newest first
 * @param total how many mails the filter admits in all
 */
public record InboxPage(List<ReceivedMail> mails, int total) {

    /** Copies the list. */
    public InboxPage {
        mails = List.copyOf(mails);
    }
}
