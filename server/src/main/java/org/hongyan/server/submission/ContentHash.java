package org.hongyan.server.submission;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A digest of all that a caller gave, to tell a repeated submission from another one under the same key. */
final class ContentHash {

    private final MessageDigest digest;

    private ContentHash(MessageDigest digest) {
        this.digest = digest;
    }

    static byte[] of(Submission submission) {
        try {
            ContentHash hash = new ContentHash(MessageDigest.getInstance("SHA-256"));
            hash.add(submission);
            return hash.digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private void add(Submission submission) {
        add(submission.from());
        add(submission.to());
        add(submission.cc());
        add(submission.bcc());
        add(submission.subject());
        add(submission.replyTo());
        switch (submission.content()) {
            case Submission.Content.Templated templated -> {
                add("template " + templated.templateId());
                add(templated.variablesJson());
            }
            case Submission.Content.Own own -> {
                add("own");
                add(own.html());
                add(own.text());
            }
            case Submission.Content.Raw raw -> {
                add("raw");
                add(raw.message());
                raw.envelopeRecipients().forEach(recipient -> add(recipient.toString()));
            }
        }
        for (Submission.Attachment attachment : submission.attachments()) {
            add(attachment.fileName());
            add(attachment.content());
        }
        add(submission.unsubscribe().name());
        add(Boolean.toString(submission.trigger()));
        new TreeMap<>(submission.headers()).forEach((name, value) -> {
            add(name);
            add(value);
        });
        add(submission.timeToLive() == null ? null : submission.timeToLive().toString());
    }

    private void add(List<String> texts) {
        add(Integer.toString(texts.size()));
        texts.forEach(this::add);
    }

    private void add(@Nullable String text) {
        if (text == null) {
            digest.update(ByteBuffer.allocate(4).putInt(0, -1));
        } else {
            add(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Each part with its length, so that no two lists of parts give the same octets. */
    private void add(byte[] octets) {
        digest.update(ByteBuffer.allocate(4).putInt(0, octets.length));
        digest.update(octets);
    }
}
