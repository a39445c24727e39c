package org.hongyan.server.policy;

import jakarta.validation.constraints.Min;
import java.util.List;
import org.hongyan.server.settings.Meaning;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** What the operator may set of the content policy. */
@Validated
@ConfigurationProperties("hongyan.policy")
record PolicyProperties(
        @Meaning(
                "Sensitive words of the operator's own, besides the list that comes with the service. A word after a question mark, such as ?loan, is for a person to look at; without it, content is refused.")
        @DefaultValue({})
        List<String> sensitiveWords,

        @Meaning("Words of the list that comes with the service which are allowed here.") @DefaultValue({})
        List<String> allowedWords,

        @Meaning("The fewest characters of visible text; with fewer, a person must look.") @DefaultValue("10") @Min(0)
        int fewestCharacters,

        @Meaning("How many characters of text there must be for each variable; with fewer, a person must look.")
        @DefaultValue("5")
        @Min(0)
        int charactersPerVariable,

        @Meaning("The most images in a mail.") @DefaultValue("50") @Min(0)
        int mostImages,

        @Meaning("The most pixels of an image that is searched for QR codes; larger ones are for a person to look at.")
        @DefaultValue("40000000")
        @Min(1)
        long mostPixels,

        @Meaning("The most pixels of all images of one mail that are searched for QR codes.")
        @DefaultValue("120000000")
        @Min(1)
        long mostPixelsInAll) {

    PolicyProperties {
        sensitiveWords = List.copyOf(sensitiveWords);
        allowedWords = List.copyOf(allowedWords);
    }
}
