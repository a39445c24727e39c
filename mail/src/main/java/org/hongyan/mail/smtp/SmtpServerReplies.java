package org.hongyan.mail.smtp;

/** Every reply that the engine gives by itself, so that the wording is in one place. */
final class SmtpServerReplies {

    static final Reply OK = Reply.of(250, "2.0.0", "OK");
    static final Reply READY_FOR_TLS = Reply.of(220, "2.0.0", "Ready to start TLS");
    static final Reply HELP =
            Reply.of(214, "2.0.0", "EHLO HELO STARTTLS AUTH MAIL RCPT DATA BDAT RSET NOOP VRFY HELP QUIT");
    static final Reply CANNOT_VERIFY = Reply.of(252, "2.0.0", "Cannot verify an address; send the message to find out");
    static final Reply START_CONTENT = Reply.of(354, "End the message with <CRLF>.<CRLF>");
    static final Reply AUTHENTICATED = Reply.of(235, "2.7.0", "Authenticated");

    static final Reply IDLE_TOO_LONG = Reply.of(421, "4.4.2", "Nothing heard for too long, closing the connection");
    static final Reply TRANSACTION_TOO_LONG =
            Reply.of(421, "4.4.2", "The transaction took too long, closing the connection");
    static final Reply CONTENT_TOO_SLOW =
            Reply.of(421, "4.4.2", "The message comes too slowly, closing the connection");
    static final Reply STOPPING = Reply.of(421, "4.3.2", "The service is stopping, try again later");
    static final Reply TOO_MANY_CONNECTIONS = Reply.of(421, "4.3.2", "Too many connections, try again later");
    static final Reply TOO_MANY_FROM_ADDRESS = Reply.of(421, "4.7.0", "Too many connections from your address");
    static final Reply TOO_MANY_ERRORS = Reply.of(421, "4.7.0", "Too many errors, closing the connection");
    static final Reply TOO_MANY_COMMANDS =
            Reply.of(421, "4.7.0", "Too many commands without a message, closing the connection");
    static final Reply TOO_MANY_AUTH_FAILURES =
            Reply.of(421, "4.7.0", "Too many failed logins, closing the connection");

    static final Reply BROKEN_AT_GREETING = Reply.of(421, "4.3.0", "Local error in processing, try again later");
    static final Reply BROKEN = Reply.of(451, "4.3.0", "Local error in processing, try again later");
    static final Reply TOO_MANY_RECIPIENTS = Reply.of(452, "4.5.3", "Too many recipients");
    static final Reply NO_MEMORY = Reply.of(452, "4.3.1", "Not enough room for the message now, try again later");
    static final Reply AUTH_BROKEN = Reply.of(454, "4.7.0", "Temporary authentication failure");
    static final Reply TLS_UNAVAILABLE = Reply.of(454, "4.7.0", "TLS is not available now");

    static final Reply UNKNOWN_COMMAND = Reply.of(500, "5.5.1", "Command not recognised");
    static final Reply NOT_TEXT = Reply.of(500, "5.5.2", "The command has a character that is not allowed");
    static final Reply STRAY_LINE_END =
            Reply.of(500, "5.5.2", "Lines end with CR LF only and hold no NUL, closing the connection");
    static final Reply LINE_TOO_LONG = Reply.of(500, "5.5.6", "Line too long");
    static final Reply HELLO_NEEDS_NAME = Reply.of(501, "5.5.4", "Say who you are: EHLO your.host.name");
    static final Reply NO_ARGUMENT_ALLOWED = Reply.of(501, "5.5.4", "The command takes no argument");
    static final Reply MAIL_SYNTAX = Reply.of(501, "5.5.4", "Syntax: MAIL FROM:<address>");
    static final Reply RCPT_SYNTAX = Reply.of(501, "5.5.4", "Syntax: RCPT TO:<address>");
    static final Reply AUTH_SYNTAX = Reply.of(501, "5.5.4", "Syntax: AUTH mechanism");
    static final Reply BDAT_SYNTAX = Reply.of(501, "5.5.4", "Syntax: BDAT size [LAST], closing the connection");
    static final Reply BAD_SENDER = Reply.of(501, "5.1.7", "Bad sender address syntax");
    static final Reply BAD_RECIPIENT = Reply.of(501, "5.1.3", "Bad recipient address syntax");
    static final Reply BAD_BASE64 = Reply.of(501, "5.5.2", "The response is not base64 of what the mechanism asks for");
    static final Reply AUTH_CANCELLED = Reply.of(501, "5.7.0", "Authentication cancelled");
    static final Reply NOT_IMPLEMENTED = Reply.of(502, "5.5.1", "Command not implemented");
    static final Reply NO_CHUNKING = Reply.of(502, "5.5.1", "CHUNKING is not offered, closing the connection");
    static final Reply REFUSED_EARLIER = Reply.of(503, "5.5.1", "No service for you here");
    static final Reply HELLO_FIRST = Reply.of(503, "5.5.1", "Send EHLO first");
    static final Reply MAIL_FIRST = Reply.of(503, "5.5.1", "Send MAIL first");
    static final Reply NESTED_MAIL = Reply.of(503, "5.5.1", "A message has already been begun");
    static final Reply CHUNKS_RUNNING = Reply.of(503, "5.5.1", "Only BDAT, RSET, NOOP and QUIT until the last chunk");
    static final Reply NO_AUTH_IN_TRANSACTION = Reply.of(503, "5.5.1", "No AUTH inside a message");
    static final Reply AUTHENTICATED_ALREADY = Reply.of(503, "5.5.1", "Already authenticated");
    static final Reply ENCRYPTED_ALREADY = Reply.of(503, "5.5.1", "TLS is already in use");
    static final Reply UNKNOWN_MECHANISM = Reply.of(504, "5.5.4", "Mechanism not offered");
    static final Reply AUTH_NEEDS_TLS = Reply.of(538, "5.7.11", "Send STARTTLS before AUTH");
    static final Reply BAD_CREDENTIALS = Reply.of(535, "5.7.8", "User name or password is wrong");
    static final Reply TOO_LARGE = Reply.of(552, "5.3.4", "The message is larger than is allowed");
    static final Reply TOO_LARGE_CLOSING =
            Reply.of(552, "5.3.4", "The message is larger than is allowed, closing the connection");
    static final Reply NEEDS_SMTPUTF8 = Reply.of(553, "5.6.7", "An address beyond ASCII needs MAIL with SMTPUTF8");
    static final Reply ROUTED_RECIPIENT = Reply.of(553, "5.1.3", "An address that names a route is not accepted");
    static final Reply NO_RECIPIENT = Reply.of(554, "5.5.1", "No valid recipient");
    static final Reply NOT_HTTP = Reply.of(554, "5.5.1", "This is no web server, closing the connection");
    static final Reply LONE_LF = Reply.of(554, "5.6.0", "LF without CR in the message, closing the connection");
    static final Reply LONE_CR = Reply.of(554, "5.6.0", "CR without LF in the message, closing the connection");
    static final Reply NUL = Reply.of(554, "5.6.0", "NUL in the message, closing the connection");
    static final Reply TEXT_LINE_TOO_LONG = Reply.of(554, "5.6.0", "The message has a line that is too long");
    static final Reply HEADER_FIELD_TOO_LONG =
            Reply.of(554, "5.6.0", "The message has a header field that is too long");
    static final Reply HEADER_TOO_LONG = Reply.of(554, "5.6.0", "The header of the message is too long");
    static final Reply TOO_MANY_HEADER_FIELDS = Reply.of(554, "5.6.0", "The message has too many header fields");
    static final Reply TOO_MANY_HOPS = Reply.of(554, "5.4.6", "The message has too many Received fields, it loops");

    private SmtpServerReplies() {}

    static Reply greeting(String hostName) {
        return Reply.of(220, hostName + " ESMTP");
    }

    static Reply goodbye(String hostName) {
        return Reply.of(221, "2.0.0", hostName + " closing the connection");
    }

    static Reply chunkTaken(long octets) {
        return Reply.of(250, "2.0.0", octets + " octets received");
    }

    static Reply unknownParameter(String keyword) {
        return Reply.of(555, "5.5.4", "Parameter " + keyword + " is not known here");
    }

    static Reply badParameter(String keyword) {
        return Reply.of(501, "5.5.4", "Bad value of " + keyword);
    }

    static Reply repeatedParameter(String keyword) {
        return Reply.of(501, "5.5.4", "Parameter " + keyword + " is given twice");
    }

    static Reply of(SmtpServerContent.Fault fault) {
        return switch (fault) {
            case NONE -> OK;
            case TOO_LARGE -> TOO_LARGE;
            case ENDLESS -> TOO_LARGE_CLOSING;
            case LINE_TOO_LONG -> TEXT_LINE_TOO_LONG;
            case NO_MEMORY -> NO_MEMORY;
            case LONE_LF -> LONE_LF;
            case LONE_CR -> LONE_CR;
            case NUL -> NUL;
        };
    }
}
