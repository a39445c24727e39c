package org.hongyan.server.sender;

/** The four records of a sending domain, in the order shown. */
public enum RecordKind {
    /** To the operator's bounce host. */
    MX,
    /** TXT that includes the operator's SPF name. */
    SPF,
    /** TXT with the public key of a selector. */
    DKIM,
    /** TXT with any valid policy. */
    DMARC
}
