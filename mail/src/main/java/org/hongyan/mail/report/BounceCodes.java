package org.hongyan.mail.report;

/** What codes alone tell when no text is known: the enhanced code (RFC 3463), then the basic one. */
final class BounceCodes {

    private BounceCodes() {}

    static Classification classify(ReplyText reply) {
        String subjectAndDetail = reply.status().isEmpty() ? "" : reply.status().substring(2);
        boolean permanent = reply.code().startsWith("5") || reply.status().startsWith("5.");
        String rule = "status/" + reply.status();
        return switch (subjectAndDetail) {
            case "1.1", "1.2", "1.3", "1.6", "1.10", "2.1" ->
                permanent
                        ? new Classification(BounceCategory.INVALID_ADDRESS, Blame.RECIPIENT, rule)
                        : new Classification(BounceCategory.TEMPORARY, Blame.RECEIVER, rule);
            case "2.2" -> new Classification(BounceCategory.MAILBOX_FULL, Blame.RECIPIENT, rule);
            case "2.3", "3.4" -> new Classification(BounceCategory.POLICY, Blame.CONTENT, rule);
            case "1.7", "1.8" -> new Classification(BounceCategory.POLICY, Blame.DOMAIN, rule);
            case "7.20", "7.21", "7.22", "7.23", "7.24", "7.26", "7.27", "7.30", "7.32" ->
                new Classification(BounceCategory.AUTH, Blame.DOMAIN, rule);
            case "7.25" -> new Classification(BounceCategory.POLICY, Blame.SOURCE_ADDRESS, rule);
            case "7.28" -> new Classification(BounceCategory.RATE_LIMITED, Blame.SOURCE_ADDRESS, rule);
            case "4.1", "4.2", "4.4" -> new Classification(BounceCategory.NETWORK, Blame.RECEIVER, rule);
            case "5.3" -> new Classification(BounceCategory.RATE_LIMITED, Blame.US, rule);
            default -> byBasicCode(reply, permanent);
        };
    }

    private static Classification byBasicCode(ReplyText reply, boolean permanent) {
        String rule = "code/" + (reply.code().isEmpty() ? "none" : reply.code());
        return switch (reply.code()) {
            case "421", "450", "451" -> new Classification(BounceCategory.TEMPORARY, Blame.RECEIVER, rule);
            case "452" -> new Classification(BounceCategory.TEMPORARY, Blame.RECEIVER, rule);
            case "530", "534", "535", "538" -> new Classification(BounceCategory.AUTH, Blame.US, rule);
            case "500", "501", "502", "503", "504", "555" -> new Classification(BounceCategory.OTHER, Blame.US, rule);
            case "552" -> new Classification(BounceCategory.POLICY, Blame.RECIPIENT, rule);
            case "550", "551", "553", "554" -> new Classification(BounceCategory.POLICY, Blame.RECEIVER, rule);
            default ->
                permanent || reply.code().isEmpty()
                        ? new Classification(BounceCategory.OTHER, Blame.RECEIVER, rule)
                        : new Classification(BounceCategory.TEMPORARY, Blame.RECEIVER, rule);
        };
    }
}
