package org.hongyan.server.api;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Finds the action, binds its request, and turns whatever happens into an answer. Thread-safe. */
final class ActionDispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(ActionDispatcher.class);

    private final Map<String, Action<?>> actions;
    private final CallRate rate;

    ActionDispatcher(List<Action<?>> actions, CallRate rate) {
        this.actions = actions.stream().collect(Collectors.toUnmodifiableMap(Action::name, Function.identity()));
        this.rate = rate;
    }

    ActionResult dispatch(Caller caller, String name, JsonNode parameters, boolean scalarsAsText, String requestId) {
        Action<?> action = actions.get(name);
        if (action == null) {
            return ActionResult.failed(TencentError.of("InvalidAction", "unknown-action", "action", name));
        }
        if (!rate.allows(caller.account(), name)) {
            return ActionResult.failed(TencentError.of(
                    "RequestLimitExceeded", "too-many-requests", "limit", Integer.toString(rate.perSecond())));
        }
        try {
            return call(action, caller, parameters, new RequestBinder(scalarsAsText));
        } catch (RequestBinder.Misfit misfit) {
            return ActionResult.failed(misfit.error());
        } catch (RuntimeException bug) {
            LOG.error("{} failed, request {}", name, requestId, bug);
            return ActionResult.failed(TencentError.of("InternalError", "internal-error"));
        }
    }

    private static <Q extends Record> ActionResult call(
            Action<Q> action, Caller caller, JsonNode parameters, RequestBinder binder) throws RequestBinder.Misfit {
        return action.handle(caller, binder.bind(parameters, action.requestType()));
    }
}
