package org.hongyan.server.event;

import java.time.Instant;
import java.util.Locale;
import org.hongyan.mail.report.BounceCategory;
import org.jspecify.annotations.Nullable;

/** Rows of the ledger turned into columns, as bulk statements take them. Not thread-safe. */
final class Columns {

    /** Replies are cut here: a hostile host may send megabytes, and people read the first lines. */
    private static final int LONGEST_TEXT = 2000;

    final long[] at;
    final String[] kind;
    final String[] state;
    final long[] account;
    final long[] domain;
    final String[] messageId;
    final int[] ordinal;
    final String[] recipient;
    final String[] sender;
    final String[] subject;
    final int[] attempt;
    final @Nullable String[] category;
    final @Nullable String[] blame;
    final String[] detail;
    final String[] host;
    final String[] tls;
    final @Nullable Long[] started;
    final @Nullable Long[] nextAttempt;
    final boolean[] machine;
    private int rows;

    Columns(int size) {
        at = new long[size];
        kind = new String[size];
        state = new String[size];
        account = new long[size];
        domain = new long[size];
        messageId = new String[size];
        ordinal = new int[size];
        recipient = new String[size];
        sender = new String[size];
        subject = new String[size];
        attempt = new int[size];
        category = new @Nullable String[size];
        blame = new @Nullable String[size];
        detail = new String[size];
        host = new String[size];
        tls = new String[size];
        started = new @Nullable Long[size];
        nextAttempt = new @Nullable Long[size];
        machine = new boolean[size];
    }

    void addAccepted(AcceptedMail mail, int place) {
        of(
                new RecipientRef(
                        mail.account(),
                        mail.messageId(),
                        place,
                        mail.recipients().get(place)),
                mail.acceptedAt());
        domain[rows] = mail.domainId();
        sender[rows] = mail.sender();
        subject[rows] = storable(mail.subject());
        rows++;
    }

    void addEvent(MailEvent event) {
        of(event.of(), event.at());
        detail[rows] = "";
        host[rows] = "";
        tls[rows] = "";
        kind[rows] = kind(event);
        switch (event) {
            case MailEvent.Accepted accepted -> state[rows] = "ACCEPTED";
            case MailEvent.Delivered delivered -> {
                state[rows] = "DELIVERED";
                attempt(delivered.attempt());
            }
            case MailEvent.Deferred deferred -> {
                state[rows] = "DEFERRED";
                attempt(deferred.attempt());
                failure(deferred.category(), deferred.blame());
                nextAttempt[rows] = micros(deferred.nextAttemptAt());
            }
            case MailEvent.Bounced bounced -> {
                state[rows] = "BOUNCED";
                MailEvent.@Nullable Attempt attempt = bounced.attempt();
                if (attempt != null) {
                    attempt(attempt);
                }
                failure(bounced.category(), bounced.blame());
                detail[rows] = storable(bounced.detail());
            }
            case MailEvent.Expired expired -> {
                state[rows] = "EXPIRED";
                detail[rows] = storable(expired.lastReply());
            }
            case MailEvent.Dropped dropped -> {
                state[rows] = "DROPPED";
                detail[rows] = storable(dropped.reason());
            }
            case MailEvent.Complained complained -> detail[rows] = storable(complained.source());
            case MailEvent.Opened opened -> {
                detail[rows] = storable(opened.agent());
                machine[rows] = opened.machine();
            }
            case MailEvent.Clicked clicked -> {
                detail[rows] = storable(clicked.url());
                machine[rows] = clicked.machine();
            }
            case MailEvent.Unsubscribed unsubscribed -> detail[rows] = storable(unsubscribed.source());
        }
        rows++;
    }

    static String kind(MailEvent event) {
        return event.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private void of(RecipientRef of, Instant time) {
        at[rows] = micros(time);
        account[rows] = of.account().value();
        messageId[rows] = of.messageId().text();
        ordinal[rows] = of.ordinal();
        recipient[rows] = of.recipient();
    }

    private void attempt(MailEvent.Attempt a) {
        attempt[rows] = a.number();
        started[rows] = micros(a.startedAt());
        detail[rows] = storable(a.reply());
        host[rows] = storable(a.host());
        tls[rows] = storable(a.tls());
    }

    private void failure(BounceCategory why, String whose) {
        category[rows] = why.wireName();
        blame[rows] = storable(whose);
    }

    static long micros(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1000L);
    }

    /** Text as PostgreSQL takes it: without NUL and lone surrogates, and not without end. */
    static String storable(String text) {
        boolean clean = text.length() <= LONGEST_TEXT;
        for (int i = 0; clean && i < text.length(); i++) {
            char c = text.charAt(i);
            clean = c != 0 && !Character.isSurrogate(c);
        }
        if (clean) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length() && out.length() < LONGEST_TEXT; i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            } else {
                out.append(c == 0 || Character.isSurrogate(c) ? '\uFFFD' : c);
            }
        }
        return out.toString();
    }
}
