package org.hongyan.server.account;

/**
 * Who stands behind an account, as given by the account and confirmed by the operator.
 *
 * @param name the person's or company's name
 * @param number identity card or registration number; stored encrypted, never to be logged
 */
public record RealName(Kind kind, String name, String number) {

    /** What kind of holder. */
    public enum Kind {
        /** A natural person. */
        PERSON,
        /** A company or another body. */
        COMPANY
    }

    @Override
    public String toString() {
        return "RealName[" + kind + ", " + name + "]";
    }
}
