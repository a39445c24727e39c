package org.hongyan.mail.relay;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hongyan.mail.address.DomainName;

/**
 * Routes by recipient domain: {@code example.com} for one domain, {@code .example.com} for all below it, {@code *} for
 * the rest. The longest match wins; what is not named goes by MX.
 */
public record RelayRoutes(Map<String, RelayRoute> routes) {

    private static final RelayRoute BY_MX = new RelayRoute.Mx();

    /** @throws IllegalArgumentException when a key is neither a domain, nor a domain after a dot, nor {@code *} */
    public RelayRoutes {
        Map<String, RelayRoute> checked = new TreeMap<>();
        routes.forEach((key, route) -> checked.put(checkedKey(key), route));
        routes = Map.copyOf(checked);
    }

    /** Everything by MX. */
    public static RelayRoutes none() {
        return new RelayRoutes(Map.of());
    }

    /**
     * Reads {@code pattern=route} pairs set apart by commas, such as {@code example.com=127.0.0.1:2500, *=mx}.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static RelayRoutes parse(String text) {
        Map<String, RelayRoute> routes = new TreeMap<>();
        for (String pair : text.split(",", -1)) {
            if (pair.isBlank()) {
                continue;
            }
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("a route is written domain=host:port, not " + pair.strip());
            }
            routes.put(
                    pair.substring(0, equals).strip(),
                    RelayRoute.parse(pair.substring(equals + 1).strip()));
        }
        return new RelayRoutes(routes);
    }

    /** The route of mail to {@code domain}. */
    public RelayRoute of(DomainName domain) {
        if (routes.isEmpty()) {
            return BY_MX;
        }
        RelayRoute exact = routes.get(domain.ascii());
        if (exact != null) {
            return exact;
        }
        String name = domain.ascii();
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            RelayRoute below = routes.get(name.substring(dot));
            if (below != null) {
                return below;
            }
        }
        return routes.getOrDefault("*", BY_MX);
    }

    private static String checkedKey(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        if (lower.equals("*")) {
            return lower;
        }
        return lower.startsWith(".")
                ? "." + DomainName.parse(lower.substring(1)).ascii()
                : DomainName.parse(lower).ascii();
    }
}
