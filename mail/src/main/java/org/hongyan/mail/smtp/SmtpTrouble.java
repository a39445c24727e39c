package org.hongyan.mail.smtp;

/** Carries a failure out of nested reads and writes to the door of this package, where it becomes a value. */
final class SmtpTrouble extends Exception {

    private static final long serialVersionUID = 1;

    private final transient SmtpFailure failure;

    SmtpTrouble(SmtpFailure failure) {
        super(failure.reason(), null, false, false);
        this.failure = failure;
    }

    SmtpFailure failure() {
        return failure;
    }
}
