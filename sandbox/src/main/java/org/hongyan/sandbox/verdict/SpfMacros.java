package org.hongyan.sandbox.verdict;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The macros of RFC 7208 §7 for one client and sender. The expanded name is cut from the left to 253 octets as §7.3
 * says, so that no input makes it grow.
 */
final class SpfMacros {

    private static final Pattern MACRO = Pattern.compile("\\{([A-Za-z])([0-9]{0,3})([rR]?)([.\\-+,/_=]*)\\}");
    private static final int LONGEST_NAME = 253;

    private final InetAddress client;
    private final String localPart;
    private final String senderDomain;
    private final String helo;
    private final Supplier<String> validatedName;

    /** @param validatedName name of the client confirmed both ways, or {@code unknown}; asked for only when used */
    SpfMacros(InetAddress client, String localPart, String senderDomain, String helo, Supplier<String> validatedName) {
        this.client = client;
        this.localPart = localPart;
        this.senderDomain = senderDomain;
        this.helo = helo;
        this.validatedName = validatedName;
    }

    /**
     * Checks the syntax without expanding.
     *
     * @param inModifier whether the text belongs to exp or an unknown modifier, where c, r and t may stand
     */
    static void requireWellFormed(String text, boolean inModifier) throws SpfSyntaxException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x21 || c > 0x7e) {
                throw new SpfSyntaxException("a character outside visible ASCII");
            }
            if (c == '%') {
                i = endOfMacro(text, i, inModifier);
            }
        }
    }

    String expand(String domainSpec, String domain) {
        StringBuilder expanded = new StringBuilder();
        for (int i = 0; i < domainSpec.length(); i++) {
            char c = domainSpec.charAt(i);
            if (c != '%') {
                expanded.append(c);
                continue;
            }
            char next = domainSpec.charAt(++i);
            switch (next) {
                case '%' -> expanded.append('%');
                case '_' -> expanded.append(' ');
                case '-' -> expanded.append("%20");
                default -> {
                    Matcher macro = MACRO.matcher(domainSpec);
                    if (!macro.find(i)) {
                        throw new IllegalStateException("the syntax of '" + domainSpec + "' was checked before");
                    }
                    expanded.append(transformed(macro, domain));
                    i = macro.end() - 1;
                }
            }
        }
        return shortened(expanded.toString());
    }

    private static int endOfMacro(String text, int percent, boolean inModifier) throws SpfSyntaxException {
        if (percent + 1 < text.length() && "%_-".indexOf(text.charAt(percent + 1)) >= 0) {
            return percent + 1;
        }
        Matcher macro = MACRO.matcher(text);
        if (!macro.find(percent) || macro.start() != percent + 1) {
            throw new SpfSyntaxException("a percent sign that begins no macro in '" + text + "'");
        }
        String letters = inModifier ? "slodiphvcrt" : "slodiphv";
        if (letters.indexOf(Character.toLowerCase(macro.group(1).charAt(0))) < 0) {
            throw new SpfSyntaxException("the macro letter '" + macro.group(1) + "' is not allowed here");
        }
        if (!macro.group(2).isEmpty() && Integer.parseInt(macro.group(2)) == 0) {
            throw new SpfSyntaxException("a macro that keeps 0 parts");
        }
        return macro.end() - 1;
    }

    private String transformed(Matcher macro, String domain) {
        char letter = macro.group(1).charAt(0);
        String value = value(Character.toLowerCase(letter), domain);
        String delimiters = macro.group(4).isEmpty() ? "." : macro.group(4);
        boolean plain = macro.group(2).isEmpty()
                && macro.group(3).isEmpty()
                && macro.group(4).isEmpty();
        if (!plain) {
            String anyDelimiter = "[" + Pattern.quote(delimiters) + "]";
            List<String> parts = new ArrayList<>(Arrays.asList(value.split(anyDelimiter, -1)));
            if (!macro.group(3).isEmpty()) {
                Collections.reverse(parts);
            }
            int keep = macro.group(2).isEmpty() ? parts.size() : Integer.parseInt(macro.group(2));
            value = String.join(".", parts.subList(Math.max(0, parts.size() - keep), parts.size()));
        }
        return Character.isUpperCase(letter)
                ? URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20")
                : value;
    }

    private String value(char letter, String domain) {
        return switch (letter) {
            case 's' -> localPart + "@" + senderDomain;
            case 'l' -> localPart;
            case 'o' -> senderDomain;
            case 'd' -> domain;
            case 'i' -> dotted(client);
            case 'p' -> validatedName.get();
            case 'v' -> client instanceof Inet6Address ? "ip6" : "in-addr";
            case 'h' -> helo;
            default -> throw new IllegalStateException("the macro letter '" + letter + "' was checked before");
        };
    }

    private static String dotted(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        StringBuilder nibbles = new StringBuilder();
        for (byte octet : address.getAddress()) {
            nibbles.append(String.format(Locale.ROOT, "%x.%x.", (octet >> 4) & 15, octet & 15));
        }
        return nibbles.substring(0, nibbles.length() - 1);
    }

    private static String shortened(String name) {
        String cut = name;
        while (cut.length() > LONGEST_NAME) {
            int dot = cut.indexOf('.');
            cut = dot < 0 ? cut.substring(cut.length() - LONGEST_NAME) : cut.substring(dot + 1);
        }
        return cut;
    }
}
