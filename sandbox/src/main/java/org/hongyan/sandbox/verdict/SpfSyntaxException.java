package org.hongyan.sandbox.verdict;

/** A term of an SPF record that the grammar of RFC 7208 §12 does not have; its message is for people. */
final class SpfSyntaxException extends Exception {

    SpfSyntaxException(String message) {
        super(message);
    }
}
