package org.hongyan.mail.shaping;

/**
 * One receiving side, however many domains it hosts: all mail to it counts against one set of limits.
 *
 * @param name a name of the rules ({@code qq}, {@code gmail}), or the registrable domain of the MX host
 */
public record Provider(String name) implements Comparable<Provider> {

    /** @throws IllegalArgumentException when the name is empty */
    public Provider {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a provider has a name");
        }
    }

    @Override
    public int compareTo(Provider other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
