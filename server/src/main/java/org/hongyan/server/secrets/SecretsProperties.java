package org.hongyan.server.secrets;

import org.hongyan.server.settings.Meaning;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Where the master key is. */
@ConfigurationProperties("hongyan.secrets")
record SecretsProperties(
        @Meaning(
                "The master key file, the same on every node. Empty: master.key in the data folder, made at the first start.")
        @DefaultValue("")
        String masterKeyFile) {}
