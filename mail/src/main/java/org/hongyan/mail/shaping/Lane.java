package org.hongyan.mail.shaping;

/**
 * What is paced: one provider as seen from one of our source addresses.
 *
 * @param source name of the source; limits of two sources never mix
 */
public record Lane(Provider provider, String source) {}
