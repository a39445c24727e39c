package org.hongyan.server.template;

import jakarta.validation.constraints.Min;
import org.hongyan.server.settings.Meaning;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/** Limits of templates, and how they are reviewed. */
@Validated
@ConfigurationProperties("hongyan.template")
record TemplateProperties(
        @Meaning("Whether a template in which the screening finds nothing is approved without a person.")
        @DefaultValue("false")
        boolean autoApproveClean,

        @Meaning("How many templates an account may have.") @DefaultValue("1000") @Min(1)
        int maxTemplates,

        @Meaning("The most octets that HTML and text of a template may have together.") @DefaultValue("500KB")
        DataSize maxSize,

        @Meaning("How much compiled content is kept in memory, in characters.") @DefaultValue("64000000") @Min(0)
        long compiledCharacters) {}
