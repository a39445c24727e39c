package org.hongyan.server.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hongyan.mail.address.DomainName;
import org.hongyan.sandbox.Sandbox;
import org.hongyan.sandbox.dns.DnsFault;
import org.hongyan.sandbox.dns.DnsRecord;
import org.hongyan.sandbox.inbox.InboxFilter;
import org.hongyan.sandbox.inbox.InboxPage;
import org.hongyan.sandbox.inbox.MailId;
import org.hongyan.sandbox.inbox.ParsedMail;
import org.hongyan.sandbox.inbox.ReceivedMail;
import org.hongyan.sandbox.provider.BehaviourText;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Drives the pretend internet from programs; described in {@code docs/sandbox.md}. For this machine only. */
@RestController
@Profile("sandbox")
@RequestMapping(path = "/sandbox/api", produces = MediaType.APPLICATION_JSON_VALUE)
final class SandboxApi {

    private static final int LONGEST_LIST = 1000;
    private static final int LONGEST_WAIT_SECONDS = 60;

    private final Sandbox sandbox;
    private final RecordPublisher publisher;

    SandboxApi(Sandbox sandbox, RecordPublisher publisher) {
        this.sandbox = sandbox;
        this.publisher = publisher;
    }

    /** What went wrong, in one sentence. */
    record Problem(String error) {}

    /** A record, published or to publish; {@code ttl} in seconds. */
    record RecordForm(
            String name,
            String type,
            String value,
            @Nullable Integer ttl) {

        static RecordForm of(DnsRecord record) {
            return new RecordForm(
                    record.name(),
                    record.type().name(),
                    record.value(),
                    Math.toIntExact(record.ttl().toSeconds()));
        }
    }

    /** A behaviour to set. */
    record BehaviourForm(String pattern, String behaviour) {}

    /** A fault to set: how the DNS is to fail for a name, or for all names below it too. */
    record FaultForm(String name, DnsFault fault, boolean within) {}

    /** A part of the list of mails. */
    record MailList(int total, List<MailJson> mails) {}

    /** Lists received mail, newest first; with {@code await}, once so many are there or {@code seconds} are over. */
    @GetMapping("/mail")
    MailList mails(
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String subject,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(name = "await", defaultValue = "0") int awaited,
            @RequestParam(defaultValue = "10") int seconds)
            throws InterruptedException {
        InboxFilter filter = new InboxFilter(to, from, subject);
        if (awaited > 0) {
            // Its answer is not used: the list below has the order and the part that were asked for.
            List<ReceivedMail> there = sandbox.inbox()
                    .await(filter, awaited, Duration.ofSeconds(within(seconds, 0, LONGEST_WAIT_SECONDS)));
            if (there.isEmpty()) {
                return new MailList(0, List.of());
            }
        }
        InboxPage page =
                sandbox.inbox().list(filter, within(offset, 0, Integer.MAX_VALUE), within(limit, 1, LONGEST_LIST));
        return new MailList(
                page.total(), page.mails().stream().map(MailJson::of).toList());
    }

    /** One mail with its decoded content. */
    @GetMapping("/mail/{id}")
    ResponseEntity<Object> mail(@PathVariable String id) {
        Optional<ReceivedMail> mail = MailId.parse(id).flatMap(sandbox.inbox()::find);
        Optional<ParsedMail> content = mail.flatMap(found -> sandbox.inbox().read(found.id()));
        return content.<ResponseEntity<Object>>map(parsed ->
                        ResponseEntity.ok(MailJson.of(mail.orElseThrow()).with(parsed)))
                .orElseGet(() -> missing("There is no mail " + id + "."));
    }

    /** One mail, octet by octet as it was received. */
    @GetMapping(path = "/mail/{id}/raw", produces = MediaType.ALL_VALUE)
    ResponseEntity<?> raw(@PathVariable String id) {
        Optional<byte[]> content = MailId.parse(id).flatMap(sandbox.inbox()::raw);
        if (content.isEmpty()) {
            return missing("There is no mail " + id + ".");
        }
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("message/rfc822"))
                .header("Content-Disposition", "attachment; filename=\"" + id + ".eml\"")
                .body(content.get());
    }

    /** Throws all received mail away. */
    @DeleteMapping("/mail")
    Map<String, Boolean> clear() {
        sandbox.inbox().clear();
        return Map.of("cleared", true);
    }

    /** Throws one mail away. */
    @DeleteMapping("/mail/{id}")
    ResponseEntity<Object> delete(@PathVariable String id) {
        boolean deleted = MailId.parse(id).map(sandbox.inbox()::delete).orElse(false);
        return deleted ? ResponseEntity.ok(Map.of("deleted", 1)) : missing("There is no mail " + id + ".");
    }

    /** All published records, the operator's own left out. */
    @GetMapping("/dns")
    List<RecordForm> records() {
        return sandbox.dns().records().stream().map(RecordForm::of).toList();
    }

    /** Publishes a record beside what is there. */
    @PostMapping("/dns")
    RecordForm publish(@RequestBody RecordForm form) {
        DnsRecord record = DnsRecord.of(form.name(), form.type(), form.value());
        if (form.ttl() != null) {
            record = record.withTtl(Duration.ofSeconds(form.ttl()));
        }
        sandbox.dns().publish(record);
        return RecordForm.of(record);
    }

    /** Removes one record, all of a name and type, or with {@code within} all of a name and below it. */
    @DeleteMapping("/dns")
    Map<String, Integer> remove(
            @RequestParam String name,
            @RequestParam(defaultValue = "") String type,
            @RequestParam(defaultValue = "") String value,
            @RequestParam(defaultValue = "false") boolean within) {
        if (within) {
            return Map.of("removed", sandbox.dns().removeWithin(name));
        }
        if (value.isEmpty()) {
            return Map.of("removed", sandbox.dns().remove(name, DnsRecord.typeNamed(type)));
        }
        return Map.of("removed", sandbox.dns().remove(DnsRecord.of(name, type, value)) ? 1 : 0);
    }

    /** Makes the DNS fail for a name. */
    @PutMapping("/dns/faults")
    FaultForm fail(@RequestBody FaultForm form) {
        if (form.within()) {
            sandbox.dns().failWithin(form.name(), form.fault());
        } else {
            sandbox.dns().fail(form.name(), form.fault());
        }
        return form;
    }

    /** Ends the faults of a name. */
    @DeleteMapping("/dns/faults")
    Map<String, String> heal(@RequestParam String name) {
        sandbox.dns().heal(name);
        return Map.of("healed", name);
    }

    /** Publishes all records that a sending domain of the service wants. */
    @PostMapping("/domains/{name}/publish")
    ResponseEntity<Object> publishAll(@PathVariable String name) {
        return publisher
                .publish(DomainName.parse(name))
                .<ResponseEntity<Object>>map(records -> ResponseEntity.ok(
                        Map.of("published", records.stream().map(RecordForm::of).toList())))
                .orElseGet(() -> missing("No account has the sending domain " + name + "."));
    }

    /** What receiving servers were told to do. */
    @GetMapping("/behaviours")
    List<BehaviourForm> behaviours() {
        return sandbox.providers().behaviours().entrySet().stream()
                .map(entry -> new BehaviourForm(entry.getKey(), BehaviourText.of(entry.getValue())))
                .toList();
    }

    /** Tells the receiving servers what to do with mail for recipients of a pattern. */
    @PutMapping("/behaviours")
    BehaviourForm behave(@RequestBody BehaviourForm form) {
        sandbox.providers().setBehaviour(form.pattern(), BehaviourText.parse(form.behaviour()));
        return form;
    }

    /** Forgets what was told for a pattern; without one, for all. */
    @DeleteMapping("/behaviours")
    Map<String, Boolean> forget(@RequestParam(defaultValue = "") String pattern) {
        if (pattern.isEmpty()) {
            sandbox.providers().clearBehaviours();
            return Map.of("forgotten", true);
        }
        return Map.of("forgotten", sandbox.providers().clearBehaviour(pattern));
    }

    /** A value that makes no sense; the sandbox's own sentence says why. */
    @ExceptionHandler(IllegalArgumentException.class)
    ResponseEntity<Problem> illegal(IllegalArgumentException e) {
        return ResponseEntity.badRequest()
                .contentType(MediaType.APPLICATION_JSON)
                .body(new Problem(String.valueOf(e.getMessage())));
    }

    /** A body that is no JSON of the wanted form. */
    @ExceptionHandler(HttpMessageNotReadableException.class)
    ResponseEntity<Problem> unreadable(HttpMessageNotReadableException e) {
        return ResponseEntity.badRequest()
                .contentType(MediaType.APPLICATION_JSON)
                .body(new Problem("the body is not the JSON object that this call takes"));
    }

    private static ResponseEntity<Object> missing(String sentence) {
        return ResponseEntity.status(HttpStatus.NOT_FOUND)
                .contentType(MediaType.APPLICATION_JSON)
                .body(new Problem(sentence));
    }

    private static int within(int value, int least, int most) {
        return Math.clamp(value, least, most);
    }
}
