package org.hongyan.server.api;

/**
 * One action of the API. An implementation is a Spring bean whose simple class name is the action's name; it only
 * translates between Tencent's fields and the rooms. Thread-safe.
 *
 * @param <Q> the request, a record whose components are its fields: {@code String}, {@code Long}, {@code Boolean},
 *     {@code List} or another such record; absent ones are null, absent lists empty
 */
interface Action<Q extends Record> {

    Class<Q> requestType();

    ActionResult handle(Caller caller, Q request);

    default String name() {
        return getClass().getSimpleName();
    }
}
