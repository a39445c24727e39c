package org.hongyan.server.api;

import org.jspecify.annotations.Nullable;

/** {@code Offset} and {@code Limit} as every listing has them: from 0, and at most 100. */
sealed interface Paging {

    int LARGEST_PAGE = 100;

    record Page(int offset, int limit) implements Paging {}

    record Illegal(TencentError error) implements Paging {}

    static Paging of(@Nullable Long offset, @Nullable Long limit) {
        if (limit != null && (limit < 1 || limit > LARGEST_PAGE)) {
            return new Illegal(TencentError.of(
                    "FailedOperation.InvalidLimit", "limit-too-large", "limit", Integer.toString(LARGEST_PAGE)));
        }
        if (offset != null && (offset < 0 || offset > Integer.MAX_VALUE)) {
            return new Illegal(TencentError.illegal("Offset", "0 … " + Integer.MAX_VALUE));
        }
        return new Page(offset == null ? 0 : offset.intValue(), limit == null ? LARGEST_PAGE : limit.intValue());
    }
}
