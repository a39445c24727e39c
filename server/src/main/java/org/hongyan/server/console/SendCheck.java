package org.hongyan.server.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hongyan.mail.address.EmailAddress;
import org.hongyan.server.account.AccountId;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;
import org.hongyan.server.submission.SubmissionService;
import org.hongyan.server.template.CompiledTemplate;
import org.hongyan.server.template.Templates;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Examines a filled-in send form without sending: which lines are no addresses, who will be skipped, which variables are
 * missing, and whether the gate would take it. Thread-safe.
 */
@Component
final class SendCheck {

    /** Product rule 3: an ordinary send goes to at most so many people. */
    static final int MOST_RECIPIENTS = 20;

    /** @param tone {@code bad} stops the send, {@code wait} skips one recipient, {@code ok} says that all is well */
    record Remark(String tone, String text) {}

    /**
     * What was found.
     *
     * @param typed lines that are not empty
     * @param sendable addresses that would get the mail, in the order typed
     * @param repairable whether adding and removing variables would make them fit
     */
    record Examined(
            int typed,
            List<String> sendable,
            List<Remark> recipients,
            List<Remark> variables,
            boolean repairable,
            Set<String> wanted,
            Map<String, String> values,
            @Nullable CompiledTemplate template,
            Problems problems) {

        public boolean toIsBad() {
            return recipients.stream().anyMatch(remark -> remark.tone().equals("bad"));
        }

        public boolean variablesAreBad() {
            return variables.stream().anyMatch(remark -> remark.tone().equals("bad"));
        }

        boolean passes() {
            return !toIsBad() && !variablesAreBad() && !problems.any() && !sendable.isEmpty();
        }
    }

    private final Templates templates;
    private final SubmissionService gate;
    private final RefusalTexts refusals;
    private final Words words;

    SendCheck(Templates templates, SubmissionService gate, RefusalTexts refusals, Words words) {
        this.templates = templates;
        this.gate = gate;
        this.refusals = refusals;
        this.words = words;
    }

    /** @param submitted whether the button was pressed: then what is still empty is a mistake too */
    Examined examine(AccountId account, SendForm form, boolean submitted) {
        Problems problems = Problems.none();
        CompiledTemplate template = template(account, form, submitted, problems);
        List<Remark> variableRemarks = new ArrayList<>();
        Map<String, String> values = new HashMap<>();
        boolean repairable = variables(form, template, submitted, variableRemarks, values);

        List<Remark> recipientRemarks = new ArrayList<>();
        Set<String> addresses = addresses(form, submitted, recipientRemarks);
        boolean readable = template != null && recipientRemarks.isEmpty() && onlyGood(variableRemarks);
        List<String> sendable =
                readable ? passing(account, form, addresses, recipientRemarks, problems) : List.copyOf(addresses);
        if (submitted && !form.minutesLegal()) {
            problems.add("minutes", words.of("send.minutes-illegal"));
        }
        return new Examined(
                (int) form.lines().stream().filter(line -> !line.isEmpty()).count(),
                sendable,
                recipientRemarks,
                variableRemarks,
                repairable,
                template == null ? Set.of() : new TreeSet<>(template.variables()),
                values,
                template,
                problems);
    }

    private @Nullable CompiledTemplate template(
            AccountId account, SendForm form, boolean submitted, Problems problems) {
        if (form.template() == null) {
            if (submitted) {
                problems.add("template", refusals.of(new Refusal.FieldMissing("template")));
            }
            return null;
        }
        return switch (templates.approved(account, form.template())) {
            case Outcome.Done<CompiledTemplate>(CompiledTemplate compiled) -> compiled;
            case Outcome.Refused<CompiledTemplate>(Refusal refusal) -> {
                problems.add("template", refusals.of(refusal));
                yield null;
            }
        };
    }

    private boolean variables(
            SendForm form,
            @Nullable CompiledTemplate template,
            boolean submitted,
            List<Remark> remarks,
            Map<String, String> values) {
        String typed = form.variables() == null ? "" : form.variables();
        switch (Variables.read(typed)) {
            case Outcome.Refused<Map<String, String>>(Refusal refusal) ->
                remarks.add(new Remark("bad", refusals.of(refusal)));
            case Outcome.Done<Map<String, String>>(Map<String, String> read) -> values.putAll(read);
        }
        if (!remarks.isEmpty() || template == null) {
            return false;
        }
        Set<String> missing = new TreeSet<>(template.variables());
        missing.removeAll(values.keySet());
        Set<String> surplus = new TreeSet<>(values.keySet());
        surplus.removeAll(template.variables());
        if (!missing.isEmpty()) {
            remarks.add(new Remark("bad", refusals.of(new Refusal.VariablesMissing(missing))));
        }
        if (!surplus.isEmpty()) {
            remarks.add(new Remark("bad", refusals.of(new Refusal.VariablesSurplus(surplus))));
        }
        if (remarks.isEmpty() && !submitted && !values.isEmpty()) {
            boolean empty = values.values().stream().anyMatch(String::isBlank);
            remarks.add(
                    empty
                            ? new Remark("wait", words.of("send.variables-empty"))
                            : new Remark("ok", words.of("send.variables-full", values.size())));
        }
        return !missing.isEmpty() || !surplus.isEmpty();
    }

    private Set<String> addresses(SendForm form, boolean submitted, List<Remark> remarks) {
        Set<String> addresses = new LinkedHashSet<>();
        Set<String> seen = new LinkedHashSet<>();
        int number = 0;
        for (String line : form.lines()) {
            number++;
            if (line.isEmpty()) {
                continue;
            }
            var address = EmailAddress.tryParse(line);
            if (address.isEmpty()) {
                remarks.add(onLine(number, "bad", refusals.of(new Refusal.AddressMalformed("to", line, ""))));
            } else if (!seen.add(address.get().comparisonKey())) {
                remarks.add(onLine(number, "bad", refusals.of(new Refusal.RecipientRepeated("to", line))));
            } else {
                addresses.add(line);
            }
        }
        if (seen.size() > MOST_RECIPIENTS) {
            remarks.add(
                    new Remark("bad", refusals.of(new Refusal.TooManyRecipients("to", seen.size(), MOST_RECIPIENTS))));
        }
        if (submitted && seen.isEmpty() && remarks.isEmpty()) {
            remarks.add(new Remark("bad", refusals.of(new Refusal.NoRecipients())));
        }
        return addresses;
    }

    /** Asks the gate for each; a refusal of the person skips that person, any other stops the send. */
    private List<String> passing(
            AccountId account, SendForm form, Set<String> addresses, List<Remark> remarks, Problems problems) {
        List<String> lines = form.lines();
        List<String> sendable = new ArrayList<>();
        for (String address : addresses) {
            var refusal = gate.check(form.submission(account, address));
            if (refusal.isEmpty()) {
                sendable.add(address);
                continue;
            }
            if (!isPersonal(refusal.get())) {
                problems.add(refusal.get().field(), refusals.of(refusal.get()));
                return List.copyOf(addresses);
            }
            String skipped = words.of("send.skipped", refusals.of(refusal.get()));
            remarks.add(onLine(lines.indexOf(address) + 1, "wait", skipped));
        }
        return sendable;
    }

    private static boolean isPersonal(Refusal refusal) {
        return refusal instanceof Refusal.RecipientSuppressed
                || refusal instanceof Refusal.RecipientUnsubscribed
                || refusal instanceof Refusal.RecipientTooOften;
    }

    private Remark onLine(int number, String tone, String text) {
        return new Remark(tone, words.of("send.line", number, text));
    }

    private static boolean onlyGood(List<Remark> remarks) {
        return remarks.stream().noneMatch(remark -> remark.tone().equals("bad"));
    }
}
