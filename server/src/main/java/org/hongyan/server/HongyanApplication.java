package org.hongyan.server;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.modulith.Modulithic;

/** The service as Spring sees it: every room below this package. Started by {@code org.hongyan.server.launch}. */
@Modulithic(systemName = "Hongyan")
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class HongyanApplication {}
