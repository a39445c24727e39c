package org.hongyan.server.console;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a form: sentences, each beside its field or for the form as a whole. */
final class Problems {

    /** @param field name of the control, empty for the form as a whole */
    record Problem(String field, String text) {}

    private final List<Problem> list = new ArrayList<>();

    static Problems none() {
        return new Problems();
    }

    Problems add(String field, String text) {
        list.add(new Problem(field, text));
        return this;
    }

    /** In the order found. */
    public List<Problem> list() {
        return list;
    }

    public boolean any() {
        return !list.isEmpty();
    }

    public boolean has(String field) {
        return list.stream().anyMatch(problem -> problem.field().equals(field));
    }

    /** Sentences for one field. */
    public List<String> of(String field) {
        return list.stream()
                .filter(problem -> problem.field().equals(field))
                .map(Problem::text)
                .toList();
    }
}
