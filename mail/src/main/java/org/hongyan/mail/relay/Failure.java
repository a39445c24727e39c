package org.hongyan.mail.relay;

import java.util.List;
import org.hongyan.mail.smtp.SmtpFailure;

/** All that can stand between a mail and its destination. {@link FailureRules} alone says what it means. */
sealed interface Failure {

    /** A sentence for people. */
    String reason();

    /** The conversation with a host failed. */
    record Conversation(SmtpFailure failure) implements Failure {
        @Override
        public String reason() {
            return failure.reason();
        }
    }

    /** NXDOMAIN for the recipient domain. */
    record NoSuchDomain(String domain) implements Failure {
        @Override
        public String reason() {
            return "the domain " + domain + " does not exist";
        }
    }

    /** The recipient domain has a null MX. */
    record NullMx(String domain) implements Failure {
        @Override
        public String reason() {
            return "the domain " + domain + " accepts no mail (null MX)";
        }
    }

    /** The recipient domain has neither MX nor address. */
    record NoHost(String domain) implements Failure {
        @Override
        public String reason() {
            return "the domain " + domain + " has neither MX nor address";
        }
    }

    /** The DNS could not be asked. */
    record DnsUnavailable(String reason) implements Failure {}

    /** An MX host without an address. */
    record HostWithoutAddress(String host) implements Failure {
        @Override
        public String reason() {
            return "the mail host " + host + " has no address";
        }
    }

    /** A host whose addresses are all of a family that the source address has not. */
    record NoCommonFamily(String host) implements Failure {
        @Override
        public String reason() {
            return "the mail host " + host + " has no address of the family of the source address";
        }
    }

    /** The address of the host is ourselves. */
    record Ourselves(String host, String address) implements Failure {
        @Override
        public String reason() {
            return "the mail host " + host + " [" + address + "] is this host: mail would loop";
        }
    }

    /** The address guard says no. */
    record ForbiddenAddress(String host, String address, String range) implements Failure {
        @Override
        public String reason() {
            return "the mail host " + host + " [" + address + "] is not on the public internet (" + range + ")";
        }
    }

    /** MTA-STS allows other hosts only. */
    record ForbiddenHost(String host, List<String> allowed) implements Failure {
        @Override
        public String reason() {
            return "the MTA-STS policy of the domain does not name the mail host " + host;
        }
    }

    /** The host takes no message of this size. */
    record TooLarge(long size, long limit) implements Failure {
        @Override
        public String reason() {
            return "the message has " + size + " octets, the mail host takes " + limit;
        }
    }

    /** The host cannot be told a non-ASCII address. */
    record NoSmtpUtf8(String host) implements Failure {
        @Override
        public String reason() {
            return "the mail host " + host + " does not support internationalised addresses (SMTPUTF8)";
        }
    }

    /** The host takes 7-bit content only, and this is not. */
    record NoEightBit(String host) implements Failure {
        @Override
        public String reason() {
            return "the mail host " + host + " takes 7-bit content only (no 8BITMIME)";
        }
    }

    /** The content has line ends that two hosts may read differently. */
    record StrayLineEnd() implements Failure {
        @Override
        public String reason() {
            return "the content has a CR, LF or NUL where none may stand";
        }
    }
}
