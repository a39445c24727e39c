package org.hongyan.server.sender;

/** What the last look-up of a record showed. */
public enum RecordStatus {
    /** Not looked up yet. */
    UNCHECKED,
    /** As it should be. */
    PASS,
    /** Exists, but is wrong. */
    MISMATCH,
    /** Does not exist. */
    MISSING,
    /** The DNS did not answer; says nothing about the record. */
    TIMED_OUT
}
