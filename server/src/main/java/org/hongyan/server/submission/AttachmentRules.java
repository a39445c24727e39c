package org.hongyan.server.submission;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hongyan.server.queue.MailContent;
import org.hongyan.server.refusal.Outcome;
import org.hongyan.server.refusal.Refusal;

/** Number, names, types and size of attachments (reference, section 6.4). Pure. */
final class AttachmentRules {

    private static final int MOST = 10;
    private static final int LONGEST_NAME = 255;
    private static final String FORBIDDEN = "?\\*|\"<>:/ ";

    /** Types that may be sent, with what they are called in a Content-Type field. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            Map.entry("xls", "application/vnd.ms-excel"),
            Map.entry("ods", "application/vnd.oasis.opendocument.spreadsheet"),
            Map.entry("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            Map.entry("docm", "application/vnd.ms-word.document.macroenabled.12"),
            Map.entry("doc", "application/msword"),
            Map.entry("csv", "text/csv"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("txt", "text/plain"),
            Map.entry("gif", "image/gif"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("png", "image/png"),
            Map.entry("tif", "image/tiff"),
            Map.entry("tiff", "image/tiff"),
            Map.entry("rtf", "application/rtf"),
            Map.entry("bmp", "image/bmp"),
            Map.entry("cgm", "image/cgm"),
            Map.entry("css", "text/css"),
            Map.entry("shtml", "text/html"),
            Map.entry("html", "text/html"),
            Map.entry("htm", "text/html"),
            Map.entry("zip", "application/zip"),
            Map.entry("xml", "application/xml"),
            Map.entry("ppt", "application/vnd.ms-powerpoint"),
            Map.entry("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
            Map.entry("tar", "application/x-tar"),
            Map.entry("ez", "application/andrew-inset"),
            Map.entry("ics", "text/calendar"),
            Map.entry("mobi", "application/x-mobipocket-ebook"),
            Map.entry("msg", "application/vnd.ms-outlook"),
            Map.entry("pub", "application/x-mspublisher"),
            Map.entry("eps", "application/postscript"),
            Map.entry("odt", "application/vnd.oasis.opendocument.text"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("m4a", "audio/mp4"));

    private AttachmentRules() {}

    static Outcome<List<MailContent.File>> check(List<Submission.Attachment> attachments, long largest) {
        if (attachments.size() > MOST) {
            return Outcome.refused(new Refusal.TooManyAttachments(attachments.size(), MOST));
        }
        List<MailContent.File> files = new ArrayList<>(attachments.size());
        long size = 0;
        for (Submission.Attachment attachment : attachments) {
            String name = attachment.fileName();
            String problem = problemOf(name);
            if (!problem.isEmpty()) {
                return Outcome.refused(new Refusal.AttachmentNameIllegal(name, problem));
            }
            String type = TYPES.get(extension(name));
            if (type == null) {
                return Outcome.refused(
                        new Refusal.AttachmentNameIllegal(name, "files of this type cannot be attached"));
            }
            size += attachment.content().length;
            files.add(new MailContent.File(name, type, attachment.content()));
        }
        return size > largest ? Outcome.refused(new Refusal.AttachmentsTooLarge(size, largest)) : Outcome.done(files);
    }

    private static String problemOf(String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return "a name has 1 to " + LONGEST_NAME + " characters";
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (FORBIDDEN.indexOf(c) >= 0 || Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                return "a name has none of ? \\ * | \" < > : / and no space";
            }
        }
        return "";
    }

    private static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
