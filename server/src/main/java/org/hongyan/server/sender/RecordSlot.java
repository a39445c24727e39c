package org.hongyan.server.sender;

import org.hongyan.mail.address.DomainName;

/**
 * The place of one record of a domain.
 *
 * @param selector of DKIM; empty for the other kinds
 */
record RecordSlot(RecordKind kind, String selector) {

    static final RecordSlot MX = new RecordSlot(RecordKind.MX, "");
    static final RecordSlot SPF = new RecordSlot(RecordKind.SPF, "");
    static final RecordSlot DMARC = new RecordSlot(RecordKind.DMARC, "");

    static RecordSlot dkim(String selector) {
        return new RecordSlot(RecordKind.DKIM, selector);
    }

    String type() {
        return kind == RecordKind.MX ? "MX" : "TXT";
    }

    DomainName host(DomainName domain) {
        return switch (kind) {
            case MX, SPF -> domain;
            case DKIM -> domain.child(selector + "._domainkey");
            case DMARC -> domain.child("_dmarc");
        };
    }
}
