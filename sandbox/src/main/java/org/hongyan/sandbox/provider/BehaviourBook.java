package org.hongyan.sandbox.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hongyan.mail.address.EmailAddress;

/**
 * The behaviours that were set, kept in a file so that they survive a restart, and the choice of one for a recipient:
 * the most particular pattern that was set, else the local part's word, else the domain's, else acceptance. Thread-safe.
 */
final class BehaviourBook {

    /**
     * The behaviour of one recipient.
     *
     * @param counter what a {@link Behaviour.RateLimit} counts together
     */
    record Choice(Behaviour behaviour, String counter) {}

    private final Path file;
    private volatile Map<RecipientPattern, Behaviour> set;

    BehaviourBook(Path file) {
        this.file = file;
        this.set = read(file);
    }

    synchronized void set(String pattern, Behaviour behaviour) {
        RecipientPattern parsed = RecipientPattern.parse(pattern);
        boolean beforeRecipient = behaviour instanceof Behaviour.RejectConnection
                || behaviour instanceof Behaviour.DropConnection(Behaviour.Stage stage)
                        && (stage == Behaviour.Stage.CONNECT || stage == Behaviour.Stage.MAIL);
        if (beforeRecipient && !parsed.isEverybody()) {
            throw new IllegalArgumentException(
                    "'" + BehaviourText.of(behaviour) + "' happens before a recipient is named: set it for *");
        }
        Map<RecipientPattern, Behaviour> changed = new LinkedHashMap<>(set);
        changed.put(parsed, behaviour);
        replace(changed);
    }

    synchronized boolean clear(String pattern) {
        Map<RecipientPattern, Behaviour> changed = new LinkedHashMap<>(set);
        boolean was = changed.remove(RecipientPattern.parse(pattern)) != null;
        if (was) {
            replace(changed);
        }
        return was;
    }

    synchronized void clear() {
        replace(new LinkedHashMap<>());
    }

    Map<String, Behaviour> all() {
        Map<String, Behaviour> all = new LinkedHashMap<>();
        set.forEach((pattern, behaviour) -> all.put(pattern.text(), behaviour));
        return all;
    }

    /** What was set for everybody, which alone can act before a recipient is named. */
    Optional<Behaviour> forEverybody() {
        return Optional.ofNullable(set.get(new RecipientPattern("*@*")));
    }

    Choice choose(EmailAddress recipient) {
        Optional<Map.Entry<RecipientPattern, Behaviour>> entry = set.entrySet().stream()
                .filter(candidate -> candidate.getKey().covers(recipient))
                .max(Comparator.comparingInt(candidate -> candidate.getKey().particularity()));
        if (entry.isPresent()) {
            return new Choice(
                    unmixed(entry.get().getValue(), recipient),
                    entry.get().getKey().text());
        }
        return Keywords.ofLocalPart(recipient)
                .map(behaviour -> new Choice(behaviour, recipient.comparisonKey()))
                .or(() ->
                        Keywords.ofDomain(recipient).map(behaviour -> new Choice(behaviour, "@" + recipient.domain())))
                .orElseGet(() -> new Choice(new Behaviour.Accept(), recipient.comparisonKey()));
    }

    private static Behaviour unmixed(Behaviour behaviour, EmailAddress recipient) {
        if (!(behaviour instanceof Behaviour.Mixture(var shares))) {
            return behaviour;
        }
        // String.hashCode alone moves little between user1 and user2; the multiplication spreads it.
        int place = Math.floorMod((recipient.comparisonKey().hashCode() * 0x9E3779B9) >>> 8, 100);
        for (Behaviour.Share share : shares) {
            if (place < share.percent()) {
                return share.behaviour();
            }
            place -= share.percent();
        }
        return new Behaviour.Accept();
    }

    private void replace(Map<RecipientPattern, Behaviour> changed) {
        StringBuilder text = new StringBuilder();
        changed.forEach((pattern, behaviour) -> text.append(pattern.text())
                .append(' ')
                .append(BehaviourText.of(behaviour))
                .append('\n'));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + file, failed);
        }
        set = changed;
    }

    private static Map<RecipientPattern, Behaviour> read(Path file) {
        Map<RecipientPattern, Behaviour> behaviours = new LinkedHashMap<>();
        if (!Files.exists(file)) {
            return behaviours;
        }
        try {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                int space = line.indexOf(' ');
                try {
                    behaviours.put(
                            RecipientPattern.parse(line.substring(0, Math.max(0, space))),
                            BehaviourText.parse(line.substring(space + 1)));
                } catch (IllegalArgumentException malformed) {
                    throw new IllegalStateException(
                            file + ", line " + number + ": " + malformed.getMessage() + "; correct or delete the line",
                            malformed);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read " + file, failed);
        }
        return behaviours;
    }
}
