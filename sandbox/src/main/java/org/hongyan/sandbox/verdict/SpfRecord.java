package org.hongyan.sandbox.verdict;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An SPF record whose every term is known to be well-formed: one bad term makes the whole record unusable (RFC 7208
 * §4.6), so nothing is evaluated before all is read.
 *
 * @param mechanisms in order
 * @param redirect target of the redirect modifier; null when there is none
 */
record SpfRecord(
        List<SpfTerm.Mechanism> mechanisms, @Nullable String redirect) {

    private static final Pattern MODIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9._-]*=.*");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /** Whether the text of a TXT record is an SPF record (RFC 7208 §4.5). */
    static boolean isSpf(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.equals("v=spf1") || lower.startsWith("v=spf1 ");
    }

    static SpfRecord parse(String text) throws SpfSyntaxException {
        List<SpfTerm.Mechanism> mechanisms = new ArrayList<>();
        String redirect = null;
        boolean explained = false;
        for (String term : text.substring("v=spf1".length()).split(" ")) {
            if (term.isEmpty()) {
                continue;
            }
            if (!MODIFIER.matcher(term).matches()) {
                mechanisms.add(mechanism(term));
                continue;
            }
            switch (modifier(term)) {
                case SpfTerm.Redirect(String domainSpec) -> {
                    if (redirect != null) {
                        throw new SpfSyntaxException("redirect appears twice");
                    }
                    redirect = domainSpec;
                }
                case SpfTerm.Ignored(String ignored) -> {
                    boolean explanation = ignored.toLowerCase(Locale.ROOT).startsWith("exp=");
                    if (explanation && explained) {
                        throw new SpfSyntaxException("exp appears twice");
                    }
                    explained |= explanation;
                }
                case SpfTerm.Mechanism none -> throw new IllegalStateException(none + " is no modifier");
            }
        }
        return new SpfRecord(List.copyOf(mechanisms), redirect);
    }

    private static SpfTerm modifier(String term) throws SpfSyntaxException {
        int equals = term.indexOf('=');
        String name = term.substring(0, equals).toLowerCase(Locale.ROOT);
        String value = term.substring(equals + 1);
        return switch (name) {
            case "redirect" -> new SpfTerm.Redirect(domainSpec(term, value));
            case "exp" -> {
                domainSpec(term, value);
                yield new SpfTerm.Ignored(term);
            }
            default -> {
                SpfMacros.requireWellFormed(value, true);
                yield new SpfTerm.Ignored(term);
            }
        };
    }

    private static SpfTerm.Mechanism mechanism(String term) throws SpfSyntaxException {
        SpfResult result = switch (term.charAt(0)) {
            case '-' -> SpfResult.FAIL;
            case '~' -> SpfResult.SOFTFAIL;
            case '?' -> SpfResult.NEUTRAL;
            default -> SpfResult.PASS;
        };
        boolean qualified = "+-~?".indexOf(term.charAt(0)) >= 0;
        String rest = qualified ? term.substring(1) : term;
        int nameEnd = 0;
        while (nameEnd < rest.length() && Character.isLetterOrDigit(rest.charAt(nameEnd))) {
            nameEnd++;
        }
        String name = rest.substring(0, nameEnd).toLowerCase(Locale.ROOT);
        String argument = rest.substring(nameEnd);
        return switch (name) {
            case "all" -> {
                requireNoArgument(term, argument);
                yield new SpfTerm.All(result, term);
            }
            case "include" -> new SpfTerm.Include(result, term, domainSpec(term, afterColon(term, argument)));
            case "exists" -> new SpfTerm.Exists(result, term, domainSpec(term, afterColon(term, argument)));
            case "ptr" ->
                new SpfTerm.Pointer(
                        result, term, argument.isEmpty() ? null : domainSpec(term, afterColon(term, argument)));
            case "a" -> {
                Target target = target(term, argument);
                yield new SpfTerm.Address(result, term, target.domainSpec, target.prefix4, target.prefix6);
            }
            case "mx" -> {
                Target target = target(term, argument);
                yield new SpfTerm.Exchangers(result, term, target.domainSpec, target.prefix4, target.prefix6);
            }
            case "ip4" -> network(result, term, afterColon(term, argument), IPV4, 32);
            case "ip6" -> network(result, term, afterColon(term, argument), IPV6, 128);
            default -> throw new SpfSyntaxException("'" + term + "' is no known mechanism");
        };
    }

    private record Target(@Nullable String domainSpec, int prefix4, int prefix6) {}

    /** {@code [":" domain-spec] [ip4-cidr ["/" ip6-cidr]]}; the lengths are cut from the end, for macros hold slashes. */
    private static Target target(String term, String argument) throws SpfSyntaxException {
        String rest = argument;
        int prefix4 = 32;
        int prefix6 = 128;
        int doubleSlash = rest.lastIndexOf("//");
        if (doubleSlash >= 0 && rest.substring(doubleSlash + 2).chars().allMatch(Character::isDigit)) {
            prefix6 = prefix(term, rest.substring(doubleSlash + 2), 128);
            rest = rest.substring(0, doubleSlash);
        }
        int slash = rest.lastIndexOf('/');
        // A slash may belong to the name; only digits behind the last one make it a length.
        if (slash >= 0 && rest.substring(slash + 1).chars().allMatch(Character::isDigit)) {
            prefix4 = prefix(term, rest.substring(slash + 1), 32);
            rest = rest.substring(0, slash);
        }
        return new Target(rest.isEmpty() ? null : domainSpec(term, afterColon(term, rest)), prefix4, prefix6);
    }

    private static SpfTerm.Network network(SpfResult result, String term, String value, Pattern form, int longest)
            throws SpfSyntaxException {
        int slash = value.indexOf('/');
        String literal = slash < 0 ? value : value.substring(0, slash);
        int prefix = slash < 0 ? longest : prefix(term, value.substring(slash + 1), longest);
        InetAddress address = literal(literal, form)
                .orElseThrow(() -> new SpfSyntaxException("'" + term + "' holds no valid IP address"));
        return new SpfTerm.Network(result, term, address, prefix);
    }

    private static Optional<InetAddress> literal(String text, Pattern form) {
        if (!form.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            // The pattern admits only literals, so that this never asks the system's resolver.
            InetAddress address = InetAddress.getByName(text);
            boolean right = form == IPV4 ? address instanceof Inet4Address : address instanceof Inet6Address;
            // Java folds ::ffff:a.b.c.d into IPv4; as an ip6 network it never matches an IPv4 client.
            return right || form == IPV6 ? Optional.of(address) : Optional.empty();
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }

    private static int prefix(String term, String digits, int longest) throws SpfSyntaxException {
        boolean wellFormed = !digits.isEmpty()
                && digits.length() <= 3
                && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && (digits.length() == 1 || digits.charAt(0) != '0');
        if (!wellFormed || Integer.parseInt(digits) > longest) {
            throw new SpfSyntaxException("'" + term + "' has a prefix length that is not 0 to " + longest);
        }
        return Integer.parseInt(digits);
    }

    private static String afterColon(String term, String argument) throws SpfSyntaxException {
        if (argument.length() < 2 || argument.charAt(0) != ':') {
            throw new SpfSyntaxException("'" + term + "' lacks what belongs after its colon");
        }
        return argument.substring(1);
    }

    private static void requireNoArgument(String term, String argument) throws SpfSyntaxException {
        if (!argument.isEmpty()) {
            throw new SpfSyntaxException("'" + term + "' takes nothing after its name");
        }
    }

    /** A domain-spec ends in a top label or a macro (RFC 7208 §7.1). */
    private static String domainSpec(String term, String text) throws SpfSyntaxException {
        if (text.isEmpty()) {
            throw new SpfSyntaxException("'" + term + "' names no domain");
        }
        SpfMacros.requireWellFormed(text, false);
        if (!text.endsWith("}") && !text.endsWith("%%") && !text.endsWith("%_") && !text.endsWith("%-")) {
            String bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
            String top = bare.substring(bare.lastIndexOf('.') + 1);
            boolean topLabel = bare.indexOf('.') >= 0
                    && top.matches("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?")
                    && !top.chars().allMatch(Character::isDigit);
            if (!topLabel) {
                throw new SpfSyntaxException("'" + term + "' does not end in a domain name");
            }
        }
        return text;
    }
}
