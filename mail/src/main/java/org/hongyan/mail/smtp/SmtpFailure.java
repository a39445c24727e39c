package org.hongyan.mail.smtp;

/** Why a step of a conversation did not do what it should. */
public sealed interface SmtpFailure {

    /** The step. */
    Stage stage();

    /** A sentence for people. */
    String reason();

    /** The server answered 4xx or 5xx. */
    record Rejected(Stage stage, Reply reply) implements SmtpFailure {
        @Override
        public String reason() {
            return reply.toString();
        }
    }

    /** No TCP connection. */
    record Unreachable(String reason) implements SmtpFailure {
        @Override
        public Stage stage() {
            return Stage.CONNECT;
        }
    }

    /** The connection ended, or a step took longer than it may. */
    record Broken(Stage stage, String reason, boolean timedOut) implements SmtpFailure {}

    /** What came is no reply, or not one that belongs to this step; the connection is of no further use. */
    record Garbled(Stage stage, String reason) implements SmtpFailure {}

    /** TLS was wanted and could not be had. */
    record TlsUnavailable(String reason) implements SmtpFailure {
        @Override
        public Stage stage() {
            return Stage.TLS;
        }
    }
}
