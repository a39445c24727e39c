package org.hongyan.sandbox.provider;

import java.util.Map;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.smtp.Reply;

/**
 * How a family of mailbox providers words its refusals. The codes and the manner are each family's own, the words are
 * ours: whoever classifies replies must not depend on having seen them before.
 *
 * @param blocked refuses the client's address, whoever the sender is
 * @param tryLater passing trouble of the provider's own
 */
record ProviderStyle(
        Reply unknownUser,
        Reply disabled,
        Reply full,
        Reply spam,
        Reply policy,
        Reply blocked,
        Reply rateLimited,
        Reply greylisted,
        Reply tryLater) {

    private static final ProviderStyle TENCENT = new ProviderStyle(
            Reply.of(550, "Mailbox not found: the sandbox has no such account. https://service.mail.qq.com/ (sandbox)"),
            Reply.of(550, "This is a deactivated mailbox, the owner has left it. (sandbox)"),
            Reply.of(552, "Mailbox full: the account has no space left. (sandbox)"),
            Reply.of(550, "Mail content denied, it looks like spam. https://service.mail.qq.com/ (sandbox)"),
            Reply.of(550, "Mail is rejected by the recipient's own rules. (sandbox)"),
            Reply.of(550, "Connection denied: the sending IP has a bad record. (sandbox)"),
            Reply.of(450, "Sender frequency limited, come back later. (sandbox)"),
            Reply.of(451, "Greylisted, please try again in a while. (sandbox)"),
            Reply.of(450, "System busy, please try again later. (sandbox)"));

    private static final ProviderStyle NETEASE = new ProviderStyle(
            Reply.of(550, "Invalid User: sandbox knows no mailbox of that name"),
            Reply.of(550, "User is locked, the mailbox is disabled (sandbox)"),
            Reply.of(552, "Quota exceeded: the mailbox is full (sandbox)"),
            Reply.of(554, "DT:SPM sandbox, the message was taken for spam"),
            Reply.of(550, "User has put the sender into the blacklist (sandbox)"),
            Reply.of(554, "HL:IHU sandbox, the sending IP is suspended"),
            Reply.of(451, "MI:SFQ sandbox, too many messages from this sender, wait a quarter of an hour"),
            Reply.of(451, "Greylisted by sandbox, please try again"),
            Reply.of(451, "Requested action aborted: sandbox is out of order for a moment"));

    private static final ProviderStyle SINA = new ProviderStyle(
            Reply.of(550, "5.1.1", "User does not exist at sandbox"),
            Reply.of(550, "5.2.1", "User account is frozen at sandbox"),
            Reply.of(552, "5.2.2", "User mailbox exceeds its quota at sandbox"),
            Reply.of(554, "5.7.1", "Message rejected as spam by content scanning at sandbox"),
            Reply.of(550, "5.7.1", "Recipient's filter refuses this sender at sandbox"),
            Reply.of(554, "5.7.1", "Rejected for poor reputation of the sending IP at sandbox"),
            Reply.of(452, "4.5.3", "Too many messages received this hour at sandbox"),
            Reply.of(450, "4.7.1", "Greylisting in action at sandbox, try later"),
            Reply.of(451, "4.3.2", "System not accepting mail now at sandbox"));

    private static final ProviderStyle SOHU = new ProviderStyle(
            Reply.of(550, "5.1.1", "USER UNKNOWN sandbox"),
            Reply.of(550, "5.2.1", "USER DISABLED sandbox"),
            Reply.of(552, "5.2.2", "USER OVER QUOTA sandbox"),
            Reply.of(553, "5.7.3", "CONTENT REJECTED AS SPAM sandbox"),
            Reply.of(550, "5.7.1", "RECIPIENT REFUSES THIS SENDER sandbox"),
            Reply.of(553, "5.7.0", "IP REJECTED, BAD REPUTATION sandbox"),
            Reply.of(451, "4.7.1", "TOO FREQUENT, SLOW DOWN sandbox"),
            Reply.of(451, "4.7.1", "GREYLISTED sandbox"),
            Reply.of(451, "4.3.2", "SERVER BUSY sandbox"));

    private static final ProviderStyle ALIYUN = new ProviderStyle(
            Reply.of(550, "5.1.1", "Mailbox not exist, sandbox account cannot be found"),
            Reply.of(550, "5.2.1", "Mailbox has been frozen in sandbox"),
            Reply.of(552, "5.2.2", "Mailbox space is not enough in sandbox"),
            Reply.of(554, "5.7.1", "Reject by content spam filter of sandbox"),
            Reply.of(550, "5.7.1", "Reject by user blacklist of sandbox"),
            Reply.of(554, "5.7.1", "Reject by reputation of the IP in sandbox"),
            Reply.of(450, "4.7.1", "Reject for now: too frequently sending to sandbox"),
            Reply.of(450, "4.7.1", "Greylist of sandbox, retry later"),
            Reply.of(451, "4.3.0", "Internal error of sandbox, retry later"));

    private static final ProviderStyle GOOGLE = new ProviderStyle(
            Reply.of(550, "5.1.1", "The email account that you tried to reach is unknown in the sandbox - gsmtp"),
            Reply.of(550, "5.2.1", "The email account that you tried to reach was disabled in the sandbox - gsmtp"),
            Reply.of(552, "5.2.2", "The sandbox account that you tried to reach is over its quota - gsmtp"),
            Reply.of(550, "5.7.1", "The sandbox has found this message likely to be unsolicited mail - gsmtp"),
            Reply.of(550, "5.7.1", "The sandbox recipient's policy does not admit this message - gsmtp"),
            Reply.of(550, "5.7.1", "The sandbox has a low opinion of the reputation of your IP address - gsmtp"),
            Reply.of(421, "4.7.28", "The sandbox sees an unusual rate of mail and has rate limited it - gsmtp"),
            Reply.of(451, "4.7.1", "The sandbox greylists first attempts, try again later - gsmtp"),
            Reply.of(451, "4.3.0", "The sandbox mail server temporarily rejected this message - gsmtp"));

    private static final ProviderStyle MICROSOFT = new ProviderStyle(
            Reply.of(550, "5.5.0", "Requested action not taken: mailbox unavailable, no such user [sandbox]"),
            Reply.of(550, "5.2.1", "Mailbox cannot be accessed: it is disabled [sandbox]"),
            Reply.of(552, "5.2.2", "Mailbox full: the recipient is over quota [sandbox]"),
            Reply.of(550, "5.7.1", "Message refused as spam because of its content [sandbox]"),
            Reply.of(550, "5.7.1", "Access denied by the recipient's safe senders policy [sandbox]"),
            Reply.of(
                    550,
                    "5.7.1",
                    "Messages from this IP were not sent: part of your network is on our block list [sandbox]"),
            Reply.of(451, "4.7.650", "The mail server has been temporarily rate limited [sandbox]"),
            Reply.of(451, "4.7.1", "Greylisted, try again later [sandbox]"),
            Reply.of(451, "4.3.2", "Temporary server error, try again later [sandbox]"));

    private static final ProviderStyle YAHOO = new ProviderStyle(
            Reply.of(554, "delivery error: dd This user doesn't have an account here - mta.sandbox.yahoo.com"),
            Reply.of(554, "delivery error: dd This mailbox is disabled - mta.sandbox.yahoo.com"),
            Reply.of(552, "Requested mail action aborted: mailbox is over quota - mta.sandbox.yahoo.com"),
            Reply.of(554, "Message not allowed: it was found to be spam - mta.sandbox.yahoo.com"),
            Reply.of(554, "5.7.9", "Message not accepted for policy reasons - mta.sandbox.yahoo.com"),
            Reply.of(
                    553,
                    "5.7.1",
                    "[BL] Connections are not accepted, the IP is on a blocklist - mta.sandbox.yahoo.com"),
            Reply.of(
                    421,
                    "4.7.0",
                    "[TSS] Messages temporarily deferred due to unexpected volume - mta.sandbox.yahoo.com"),
            Reply.of(451, "4.7.1", "Greylisted, try again later - mta.sandbox.yahoo.com"),
            Reply.of(451, "Resources temporarily unavailable, try again later - mta.sandbox.yahoo.com"));

    private static final ProviderStyle APPLE = new ProviderStyle(
            Reply.of(550, "5.1.1", "user does not exist in the sandbox"),
            Reply.of(550, "5.2.1", "user is inactive in the sandbox"),
            Reply.of(552, "5.2.2", "user is overquota in the sandbox"),
            Reply.of(554, "5.7.1", "[CS01] Message rejected as spam by local policy of the sandbox"),
            Reply.of(550, "5.7.1", "[PR01] Message rejected due to the policy of the sandbox recipient"),
            Reply.of(
                    550,
                    "5.7.1",
                    "[IP01] Mail from the IP was rejected due to a listing in a blocklist of the sandbox"),
            Reply.of(451, "4.7.1", "Messages deferred due to excessive volume, the sandbox asks to slow down"),
            Reply.of(450, "4.7.1", "Recipient greylisted by the sandbox, try again later"),
            Reply.of(451, "4.7.1", "Service unavailable in the sandbox - try again later"));

    private static final ProviderStyle PLAIN = new ProviderStyle(
            Reply.of(550, "5.1.1", "No such user here"),
            Reply.of(550, "5.2.1", "This mailbox is disabled"),
            Reply.of(552, "5.2.2", "Mailbox full, over quota"),
            Reply.of(550, "5.7.1", "Message content rejected as spam"),
            Reply.of(550, "5.7.1", "Refused by the recipient's policy"),
            Reply.of(554, "5.7.1", "Client host blocked: the IP address is on a blocklist"),
            Reply.of(450, "4.7.1", "Rate limit exceeded, slow down"),
            Reply.of(450, "4.7.1", "Greylisted, please try again later"),
            Reply.of(451, "4.3.0", "Temporary trouble, try again later"));

    private static final Map<String, ProviderStyle> BY_DOMAIN = Map.ofEntries(
            Map.entry("qq.com", TENCENT),
            Map.entry("vip.qq.com", TENCENT),
            Map.entry("foxmail.com", TENCENT),
            Map.entry("163.com", NETEASE),
            Map.entry("126.com", NETEASE),
            Map.entry("yeah.net", NETEASE),
            Map.entry("sina.com", SINA),
            Map.entry("sina.cn", SINA),
            Map.entry("sohu.com", SOHU),
            Map.entry("aliyun.com", ALIYUN),
            Map.entry("gmail.com", GOOGLE),
            Map.entry("outlook.com", MICROSOFT),
            Map.entry("hotmail.com", MICROSOFT),
            Map.entry("yahoo.com", YAHOO),
            Map.entry("icloud.com", APPLE));

    /** The style of a recipient domain; the plain one for all that are not well known. */
    static ProviderStyle of(DomainName domain) {
        return BY_DOMAIN.getOrDefault(domain.ascii(), PLAIN);
    }
}
