package org.hongyan.mail.smtp;

import org.hongyan.mail.address.EmailAddress;

/**
 * What is said before the content.
 *
 * @param size octets, told with SIZE where offered; 0 when not known
 * @param eightBit whether BODY=8BITMIME is said where offered
 */
public record Transaction(Envelope envelope, long size, boolean eightBit) {

    String mailCommand(Capabilities capabilities) {
        StringBuilder command = new StringBuilder(96);
        command.append("MAIL FROM:<").append(envelope.returnPath()).append('>');
        if (capabilities.size() && size > 0) {
            command.append(" SIZE=").append(size);
        }
        boolean utf8 = capabilities.smtpUtf8() && needsSmtpUtf8(envelope);
        if (capabilities.eightBitMime() && (eightBit || utf8)) {
            command.append(" BODY=8BITMIME");
        }
        if (utf8) {
            command.append(" SMTPUTF8");
        }
        return command.toString();
    }

    private static boolean needsSmtpUtf8(Envelope envelope) {
        return envelope.returnPathNeedsSmtpUtf8()
                || envelope.recipients().stream().anyMatch(EmailAddress::needsSmtpUtf8);
    }
}
