package org.hongyan.server.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what a setting is for, on the component of a configuration record. It ends in {@code docs/settings.md} and on
 * the operator's page of settings; a record component without one fails a test.
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Meaning {

    /** One or two plain English sentences: unit, effect, what a special value does. */
    String value();
}
