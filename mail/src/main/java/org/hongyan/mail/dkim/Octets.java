package org.hongyan.mail.dkim;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing run of octets, open to the canonicalizations that write it one by one. Used by one thread at a time. */
final class Octets {

    private byte[] array = new byte[4096];
    private int length;

    byte[] array() {
        return array;
    }

    int length() {
        return length;
    }

    /** Forgets what was written from {@code newLength} on. */
    void truncate(int newLength) {
        length = newLength;
    }

    void add(byte octet) {
        if (length == array.length) {
            array = Arrays.copyOf(array, 2 * length);
        }
        array[length++] = octet;
    }

    void add(byte[] source, int from, int to) {
        reserve(to - from);
        System.arraycopy(source, from, array, length, to - from);
        length += to - from;
    }

    void addAscii(String text) {
        int size = text.length();
        reserve(size);
        for (int i = 0; i < size; i++) {
            array[length + i] = (byte) text.charAt(i);
        }
        length += size;
    }

    byte last() {
        return length == 0 ? 0 : array[length - 1];
    }

    byte[] toByteArray() {
        return Arrays.copyOf(array, length);
    }

    private void reserve(int more) {
        if (array.length - length < more) {
            array = Arrays.copyOf(array, Math.max(2 * array.length, length + more));
        }
    }

    @Override
    public String toString() {
        return new String(array, 0, length, StandardCharsets.ISO_8859_1);
    }
}
