package org.hongyan.server.policy;

/** The rules by their identifiers, which findings carry; what each says is in the message bundles. */
public enum PolicyRule {
    /** WeChat, QQ and group numbers, however written. */
    C1,
    /** QR codes. */
    C2,
    /** Sensitive words. */
    C3,
    /** Links that run code, carry their target in themselves, or hide it behind an address. */
    C4,
    /** Nothing but images. */
    C5,
    /** Too few characters to see what it is about. */
    C6,
    /** Too many variables for the text that is left to review. */
    C7,
    /** Too many images. */
    C8,
    /** No clear description. */
    C9,
    /** No way to unsubscribe. */
    C10,
    /** Scripts, forms, frames and what else acts by itself or can change after the review. */
    C11,
    /** A link whose text names another site than it leads to. */
    C12,
    /** A link through a shortener, whose target can be changed. */
    C13
}
