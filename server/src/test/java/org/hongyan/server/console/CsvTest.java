package org.hongyan.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CsvTest {

    @Test
    void cellsThatASpreadsheetWouldRunAreQuoted() {
        String text = new Csv("address", "source")
                .line("=1+1@example.com", "550 5.1.1 \"no\", sorry")
                .line("@x", "plain")
                .text();

        assertThat(text)
                .isEqualTo("\uFEFFaddress,source\r\n"
                        + "'=1+1@example.com,\"550 5.1.1 \"\"no\"\", sorry\"\r\n"
                        + "'@x,plain\r\n");
    }
}
