package org.hongyan.server.policy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.hongyan.server.policy.Finding.Severity;
import org.jspecify.annotations.Nullable;

/**
 * C3: sensitive words. All words are sought in one pass (Aho and Corasick, 1975), so that the length of the list costs
 * nothing. Words of scripts without spaces are sought in dense text, where nothing between their characters hides them;
 * the others in spaced text, as whole words.
 */
final class SensitiveWords {

    private static final String LIST = "/policy/sensitive-words.txt";

    /** Each place costs a walk over the text, so hostile content must not have as many as it likes. */
    private static final int MOST_FINDINGS = 100;

    private record Word(String folded, Severity severity) {}

    private static final class State {
        final Map<Character, State> next = new HashMap<>();

        @Nullable
        State onFailure;
        /** Longest word that ends here, by its own path or by that of a shorter suffix. */
        @Nullable
        Word word;
    }

    private final State dense;
    private final State spaced;

    private SensitiveWords(List<Word> denseWords, List<Word> spacedWords) {
        this.dense = machine(denseWords);
        this.spaced = machine(spacedWords);
    }

    /** The list that comes with the service, less and more what the operator says. */
    static SensitiveWords load(PolicyProperties settings) {
        List<String> lines = new ArrayList<>(builtIn());
        lines.addAll(settings.sensitiveWords());
        Set<String> allowed = new TreeSet<>(
                settings.allowedWords().stream().map(SensitiveWords::foldedOf).toList());
        Map<String, Word> dense = new HashMap<>();
        Map<String, Word> spaced = new HashMap<>();
        for (String line : lines) {
            boolean forPerson = line.startsWith("?");
            String word = (forPerson ? line.substring(1) : line).strip();
            String folded = foldedOf(word);
            if (folded.isBlank() || allowed.contains(folded)) {
                continue;
            }
            Word entry = new Word(folded, forPerson ? Severity.NEEDS_PERSON : Severity.REFUSED);
            (isDense(word) ? dense : spaced).put(folded, entry);
        }
        return new SensitiveWords(List.copyOf(dense.values()), List.copyOf(spaced.values()));
    }

    List<Finding> examine(Content content) {
        List<Finding> findings = new ArrayList<>();
        for (Passage passage : content.passages()) {
            search(passage, FoldedText.of(passage.text(), FoldedText.Style.DENSE), dense, false, findings);
            search(passage, FoldedText.of(passage.text(), FoldedText.Style.SPACED), spaced, true, findings);
        }
        return findings;
    }

    private static void search(
            Passage passage, FoldedText folded, State machine, boolean wholeWords, List<Finding> findings) {
        String text = folded.text();
        State state = machine;
        for (int i = 0; i < text.length() && findings.size() < MOST_FINDINGS; i++) {
            state = step(machine, state, text.charAt(i));
            for (State at = state; at != null; at = at.onFailure) {
                Word word = at.word;
                if (word == null) {
                    continue;
                }
                int start = i - word.folded().length() + 1;
                if (wholeWords && !isWholeWord(text, start, i + 1)) {
                    continue;
                }
                int from = folded.origin(start);
                int to = Math.min(passage.text().length(), folded.origin(i) + 1);
                findings.add(new Finding(
                        PolicyRule.C3,
                        word.severity(),
                        passage.placeOf(from),
                        passage.text().substring(from, to)));
                break;
            }
        }
    }

    private static State step(State root, State from, char c) {
        State state = from;
        while (true) {
            State next = state.next.get(c);
            if (next != null) {
                return next;
            }
            if (state == root || state.onFailure == null) {
                return root;
            }
            state = state.onFailure;
        }
    }

    private static State machine(List<Word> words) {
        State root = new State();
        for (Word word : words) {
            State state = root;
            for (char c : word.folded().toCharArray()) {
                state = state.next.computeIfAbsent(c, ignored -> new State());
            }
            state.word = word;
        }
        ArrayDeque<State> queue = new ArrayDeque<>();
        for (State child : root.next.values()) {
            child.onFailure = root;
            queue.add(child);
        }
        while (!queue.isEmpty()) {
            State state = queue.remove();
            state.next.forEach((c, child) -> {
                child.onFailure = step(root, Objects.requireNonNull(state.onFailure), c);
                queue.add(child);
            });
        }
        return root;
    }

    private static boolean isWholeWord(String text, int start, int end) {
        return (start == 0 || !Character.isLetterOrDigit(text.charAt(start - 1)))
                && (end >= text.length() || !Character.isLetterOrDigit(text.charAt(end)));
    }

    private static String foldedOf(String word) {
        String bare = word.startsWith("?") ? word.substring(1) : word;
        return FoldedText.fold(bare.strip(), isDense(bare) ? FoldedText.Style.DENSE : FoldedText.Style.SPACED);
    }

    /** Han, kana and Thai write without spaces between words. */
    private static boolean isDense(String word) {
        return word.codePoints().anyMatch(c -> switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, THAI -> true;
            default -> false;
        });
    }

    private static List<String> builtIn() {
        List<String> words = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(SensitiveWords.class.getResourceAsStream(LIST), LIST),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    words.add(line.strip());
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return words;
    }
}
