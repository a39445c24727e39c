package org.hongyan.server.sender;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One SPF record taken apart (RFC 7208 §4.5, §12).
 *
 * @param directives mechanisms in their order
 * @param redirect value of the {@code redirect} modifier
 * @param broken the first term that is none, which makes the whole record a PermError; empty when all is well
 */
record SpfRecord(List<Directive> directives, Optional<String> redirect, String broken) {

    /** Mechanisms and modifiers that cost one of the ten look-ups (§4.6.4), the redirect modifier aside. */
    private static final Set<String> ASKS_DNS = Set.of("include", "a", "mx", "ptr", "exists");

    private static final Set<String> MECHANISMS = Set.of("all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists");

    /**
     * One mechanism.
     *
     * @param qualifier one of {@code + - ~ ?}
     * @param name lower case
     * @param target what stands after the colon; empty for none
     */
    record Directive(char qualifier, String name, String target) {

        boolean asksDns() {
            return ASKS_DNS.contains(name);
        }

        boolean passes() {
            return qualifier == '+';
        }
    }

    /** Whether a text is an SPF record of version 1 at all (§4.5). */
    static boolean isSpf(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.equals("v=spf1") || lower.startsWith("v=spf1 ");
    }

    static SpfRecord parse(String text) {
        List<Directive> directives = new ArrayList<>();
        Optional<String> redirect = Optional.empty();
        for (String term : text.substring("v=spf1".length()).strip().split(" +")) {
            if (term.isEmpty()) {
                continue;
            }
            int equals = term.indexOf('=');
            if (equals > 0 && isModifierName(term.substring(0, equals))) {
                if (term.substring(0, equals).equalsIgnoreCase("redirect")) {
                    if (redirect.isPresent() || equals == term.length() - 1) {
                        return broken(term);
                    }
                    redirect = Optional.of(term.substring(equals + 1));
                }
                continue;
            }
            Optional<Directive> directive = directive(term);
            if (directive.isEmpty()) {
                return broken(term);
            }
            directives.add(directive.get());
        }
        return new SpfRecord(List.copyOf(directives), redirect, "");
    }

    /** Whether the record lets everybody send. */
    boolean passesEverybody() {
        return directives.stream().anyMatch(each -> each.name().equals("all") && each.passes());
    }

    private static SpfRecord broken(String term) {
        return new SpfRecord(List.of(), Optional.empty(), term);
    }

    private static boolean isModifierName(String name) {
        return name.matches("[A-Za-z][A-Za-z0-9_.-]*");
    }

    private static Optional<Directive> directive(String term) {
        char first = term.charAt(0);
        boolean qualified = first == '+' || first == '-' || first == '~' || first == '?';
        String rest = qualified ? term.substring(1) : term;
        int nameEnd = 0;
        while (nameEnd < rest.length() && rest.charAt(nameEnd) != ':' && rest.charAt(nameEnd) != '/') {
            nameEnd++;
        }
        String name = rest.substring(0, nameEnd).toLowerCase(Locale.ROOT);
        String arguments = rest.substring(nameEnd);
        if (!MECHANISMS.contains(name) || !argumentsFit(name, arguments)) {
            return Optional.empty();
        }
        String target = arguments.startsWith(":") ? arguments.substring(1) : "";
        return Optional.of(new Directive(qualified ? first : '+', name, target));
    }

    private static boolean argumentsFit(String name, String arguments) {
        return switch (name) {
            case "all" -> arguments.isEmpty();
            case "include", "exists" -> arguments.length() > 1 && arguments.charAt(0) == ':';
            case "ip4" ->
                arguments.matches(":\\d{1,3}(\\.\\d{1,3}){3}(/(\\d|[12]\\d|3[0-2]))?") && octetsFit(arguments);
            case "ip6" -> arguments.matches(":[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(/(\\d|\\d\\d|1[01]\\d|12[0-8]))?");
            default -> !arguments.equals(":");
        };
    }

    private static boolean octetsFit(String arguments) {
        String address = arguments.substring(1).replaceFirst("/.*", "");
        for (String octet : address.split("\\.")) {
            if (Integer.parseInt(octet) > 255) {
                return false;
            }
        }
        return true;
    }
}
