package org.hongyan.sandbox.inbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mails on disk: {@code 000012/12345.eml} holds the exact bytes, {@code 12345.record} beside it the rest, and is
 * written last, so a mail without it was never finished. Files are not forced to the disk: the inbox survives the end
 * of the process, however sudden, and not a power cut, which a sandbox does not need to.
 */
final class MailStore {

    private static final Logger LOG = LoggerFactory.getLogger(MailStore.class);
    private static final int MAILS_PER_FOLDER = 1_000;
    private static final String NEXT_NUMBER = "next-number";

    private final Path folder;

    MailStore(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot make the inbox folder " + folder, failed);
        }
    }

    void write(ReceivedMail mail, byte[] content) {
        try {
            Files.createDirectories(file(mail.id(), "eml").getParent());
            Files.write(file(mail.id(), "eml"), content);
            Path fresh = file(mail.id(), "new");
            Files.write(fresh, MailRecordText.of(mail).getBytes(StandardCharsets.UTF_8));
            Files.move(fresh, file(mail.id(), "record"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot store mail " + mail.id(), failed);
        }
    }

    Optional<byte[]> raw(MailId id) {
        try {
            return Optional.of(Files.readAllBytes(file(id, "eml")));
        } catch (NoSuchFileException deleted) {
            return Optional.empty();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read mail " + id, failed);
        }
    }

    void delete(MailId id) {
        try {
            // The record goes first, so that what is left after a crash is no mail.
            Files.deleteIfExists(file(id, "record"));
            Files.deleteIfExists(file(id, "eml"));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot delete mail " + id, failed);
        }
    }

    /** Keeps the numbers of deleted mails from being given again after a restart. */
    void writeNextNumber(long number) {
        try {
            Files.writeString(folder.resolve(NEXT_NUMBER), Long.toString(number));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write to the inbox folder " + folder, failed);
        }
    }

    long readNextNumber() {
        try {
            return MailId.parse(Files.readString(folder.resolve(NEXT_NUMBER)).strip())
                    .map(MailId::number)
                    .orElse(1L);
        } catch (NoSuchFileException never) {
            return 1;
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read the inbox folder " + folder, failed);
        }
    }

    /** All finished mails; what is unfinished or cannot be read is deleted, with a line in the log. */
    List<ReceivedMail> readAll() {
        List<ReceivedMail> mails = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder, 2)) {
            for (Path file : files.filter(MailStore::isContent).toList()) {
                String name = file.getFileName().toString();
                Optional<MailId> id = MailId.parse(name.substring(0, name.length() - ".eml".length()));
                if (id.isPresent()) {
                    readOrDelete(id.get(), file).ifPresent(mails::add);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read the inbox folder " + folder, failed);
        }
        return mails;
    }

    private Optional<ReceivedMail> readOrDelete(MailId id, Path content) throws IOException {
        Path record = file(id, "record");
        if (Files.exists(record)) {
            try {
                return Optional.of(MailRecordText.parse(id, Files.readString(record)));
            } catch (IllegalArgumentException damaged) {
                LOG.warn("Mail {} of the inbox is dropped, its record cannot be read: {}", id, damaged.getMessage());
            }
        }
        Files.deleteIfExists(record);
        Files.deleteIfExists(content);
        return Optional.empty();
    }

    private Path file(MailId id, String ending) {
        return folder.resolve(String.format("%06d", id.number() / MAILS_PER_FOLDER))
                .resolve(id + "." + ending);
    }

    private static boolean isContent(Path file) {
        return file.getFileName().toString().endsWith(".eml");
    }
}
