package org.hongyan.mail.message;

/** A template cannot be compiled; says where and why. */
public final class MalformedTemplateException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    MalformedTemplateException(String problem, int line, int column) {
        super(problem);
        this.line = line;
        this.column = column;
    }

    /** Line of the braces that open the wrong variable, from 1. */
    public int line() {
        return line;
    }

    /** Column of those braces in UTF-16 units, from 1. */
    public int column() {
        return column;
    }
}
