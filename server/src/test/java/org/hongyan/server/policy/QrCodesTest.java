package org.hongyan.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.client.j2se.MatrixToImageWriter;
import com.google.zxing.qrcode.QRCodeWriter;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.hongyan.server.policy.ContentPolicy.Part;
import org.hongyan.server.policy.Finding.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QrCodesTest {

    private static final String TARGET = "https://u.wechat.example/kABC123";
    private static final String TEXT = "<p>A short mail about your order, unsubscribe here.</p>";
    private static final QrCodes CODES = new QrCodes(40_000_000);

    @ParameterizedTest
    @ValueSource(ints = {33, 80, 150, 430, 1200, 3000})
    void codesOfAllSizesAreFound(int size) {
        assertThat(CODES.look(png(code(size)))).isEqualTo(new QrCodes.Sight.Code(TARGET));
    }

    @Test
    void aCodeWithinALargerPictureIsFound() {
        Random random = new Random(7);
        BufferedImage poster = new BufferedImage(1800, 2400, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = poster.createGraphics();
        for (int i = 0; i < 400; i++) {
            graphics.setColor(new Color(random.nextInt(0x1000000)));
            graphics.fillOval(random.nextInt(1800), random.nextInt(1500), 90, 60);
        }
        graphics.drawImage(code(420), 1200, 1900, null);
        graphics.dispose();
        assertThat(CODES.look(written(poster, "jpg"))).isEqualTo(new QrCodes.Sight.Code(TARGET));
    }

    @Test
    void turnedInvertedAndTransparentCodesAreFound() {
        BufferedImage code = code(300);
        BufferedImage inverted = new BufferedImage(300, 300, BufferedImage.TYPE_INT_RGB);
        BufferedImage turned = new BufferedImage(460, 460, BufferedImage.TYPE_INT_RGB);
        BufferedImage transparent = new BufferedImage(300, 300, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = turned.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 460, 460);
        graphics.rotate(Math.toRadians(30), 230, 230);
        graphics.drawImage(code, 80, 80, null);
        graphics.dispose();
        for (int x = 0; x < 300; x++) {
            for (int y = 0; y < 300; y++) {
                boolean black = (code.getRGB(x, y) & 0xFF) < 128;
                inverted.setRGB(x, y, black ? 0xFFFFFF : 0x202020);
                transparent.setRGB(x, y, black ? 0xFF000000 : 0x00000000);
            }
        }
        for (BufferedImage image : List.of(inverted, turned, transparent)) {
            assertThat(CODES.look(png(image))).isEqualTo(new QrCodes.Sight.Code(TARGET));
        }
    }

    @Test
    void picturesWithoutACodeAreClear() {
        BufferedImage logo = new BufferedImage(240, 80, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = logo.createGraphics();
        graphics.setColor(Color.CYAN);
        graphics.fillRect(0, 0, 240, 80);
        graphics.setColor(Color.BLACK);
        graphics.drawString("Hongyan", 30, 40);
        graphics.dispose();
        assertThat(CODES.look(png(logo))).isEqualTo(new QrCodes.Sight.Clear());
    }

    @Test
    void anImageOfABillionPixelsIsNotDecoded() throws IOException {
        byte[] bomb = png(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY));
        // Width and height of the header, and its checksum.
        for (int i : new int[] {16, 20}) {
            bomb[i] = 0;
            bomb[i + 1] = 0;
            bomb[i + 2] = (byte) 0x80;
            bomb[i + 3] = 0;
        }
        CRC32 checksum = new CRC32();
        checksum.update(bomb, 12, 17);
        for (int i = 0; i < 4; i++) {
            bomb[29 + i] = (byte) (checksum.getValue() >> 24 - 8 * i);
        }
        assertThat(QrCodes.pixels(bomb)).contains(32768L * 32768);
        assertThat(CODES.look(bomb)).isEqualTo(new QrCodes.Sight.NotSeen());
    }

    @Test
    void damagedFilesAreNotSeenRatherThanThrown() {
        byte[] image = png(code(200));
        Random random = new Random(3);
        for (int i = 0; i < 60; i++) {
            byte[] damaged = image.clone();
            for (int k = 0; k < 6; k++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            assertThat(CODES.look(damaged)).isNotNull();
        }
        assertThat(CODES.look(new byte[0])).isEqualTo(new QrCodes.Sight.NotSeen());
        assertThat(CODES.look("<svg/>".getBytes(StandardCharsets.UTF_8))).isEqualTo(new QrCodes.Sight.NotSeen());
    }

    @Test
    void codesInDataUrisAndFilesAreRefusedAtTheirPlace() {
        byte[] image = png(code(200));
        String uri = "data:image/png;base64," + Base64.getEncoder().encodeToString(image);
        ContentPolicy policy = TestPolicy.standard();
        List<Finding> findings = policy.examine(
                "s",
                TEXT + "\n<img src=\"" + uri + "\">\n<td style='background:url(" + uri + ")'>x</td>",
                null,
                List.of(
                        new Part("photo.png", "image/png", image),
                        new Part("notes.txt", "text/plain", image),
                        new Part("terms.pdf", "application/pdf", "%PDF-1.7".getBytes(StandardCharsets.US_ASCII))));
        assertThat(findings.stream().filter(each -> each.rule().equals("C2")))
                .extracting(Finding::severity, Finding::place, Finding::matched)
                .contains(
                        org.assertj.core.groups.Tuple.tuple(Severity.REFUSED, "html:2:1", TARGET),
                        org.assertj.core.groups.Tuple.tuple(Severity.REFUSED, "file:photo.png", TARGET),
                        org.assertj.core.groups.Tuple.tuple(Severity.REFUSED, "file:notes.txt", TARGET))
                .noneMatch(tuple -> tuple.toString().contains("terms.pdf"));
    }

    @Test
    void anImageThatCannotBeLookedIntoIsForAPerson() {
        List<Finding> findings = TestPolicy.standard()
                .examine("s", TEXT + "<img src='data:image/svg+xml;utf8,<svg/>'>", null, List.of());
        assertThat(findings)
                .extracting(Finding::rule, Finding::severity)
                .contains(org.assertj.core.groups.Tuple.tuple("C2", Severity.NEEDS_PERSON));
    }

    private static BufferedImage code(int size) {
        try {
            return MatrixToImageWriter.toBufferedImage(
                    new QRCodeWriter().encode(TARGET, BarcodeFormat.QR_CODE, size, size));
        } catch (WriterException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] png(BufferedImage image) {
        return written(image, "png");
    }

    private static byte[] written(BufferedImage image, String format) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, format, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
