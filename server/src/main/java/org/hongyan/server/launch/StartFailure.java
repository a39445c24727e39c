package org.hongyan.server.launch;

import java.net.BindException;
import java.util.Optional;
import org.hongyan.server.secrets.MasterKeyUnusable;
import org.hongyan.server.settings.SettingsInvalid;
import org.hongyan.server.store.StoreUnavailable;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.validation.FieldError;

/** Finds, in what a start threw, the one sentence that tells the operator what to do. */
final class StartFailure {

    private StartFailure() {}

    static Optional<String> explain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Optional<String> sentence = sentence(cause);
            if (sentence.isPresent()) {
                return sentence;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> sentence(Throwable cause) {
        return switch (cause) {
            case StoreUnavailable problem -> Optional.ofNullable(problem.getMessage());
            case MasterKeyUnusable problem -> Optional.ofNullable(problem.getMessage());
            case SettingsInvalid problem -> Optional.ofNullable(problem.getMessage());
            case PortInUse problem -> Optional.ofNullable(problem.getMessage());
            case PortInUseException problem ->
                Optional.of(
                        "Port " + problem.getPort() + " is in use: choose another for console and API with --http.");
            case BindValidationException problem ->
                problem.getValidationErrors().getAllErrors().stream()
                        .findFirst()
                        .map(error -> "The setting "
                                + String.valueOf(problem.getValidationErrors().getName())
                                        .replaceFirst("^hongyan\\.", "")
                                + (error instanceof FieldError field ? "." + field.getField() : "") + " "
                                + error.getDefaultMessage() + ".");
            case BindException problem ->
                Optional.of("An address or port cannot be listened on: " + problem.getMessage() + ".");
            default -> Optional.empty();
        };
    }
}
