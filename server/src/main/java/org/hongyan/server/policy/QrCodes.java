package org.hongyan.server.policy;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.NotFoundException;
import com.google.zxing.ReaderException;
import com.google.zxing.Result;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Finds QR codes in images of any size, turned, inverted or small within a picture.
 *
 * <p>Images are hostile: the size is read before the pixels, what is larger than the setting is not decoded at all, and
 * what is decoded is thinned out while it is read, so that memory is bounded whatever the header promises. Few images
 * are decoded at a time. Thread-safe.
 */
final class QrCodes {

    /** What looking at an image gave. */
    sealed interface Sight {
        /** A code with this text. */
        record Code(String text) implements Sight {}

        /** An image without a code that could be found. */
        record Clear() implements Sight {}

        /** An image that was not looked into, since it is too large or of a kind that cannot be decoded. */
        record NotSeen() implements Sight {}
    }

    /** A code needs about 4 pixels a module; 1,600 pixels are plenty for the largest of 177 modules with its margin. */
    private static final int WIDEST = 1_600;

    private static final int FRAMES = 4;
    private static final int MOST_KNOWN = 5_000;

    private static final Map<DecodeHintType, Object> HINTS = Map.of(
            DecodeHintType.TRY_HARDER,
            true,
            DecodeHintType.POSSIBLE_FORMATS,
            List.of(BarcodeFormat.QR_CODE, BarcodeFormat.AZTEC, BarcodeFormat.DATA_MATRIX));

    private final long mostPixels;

    private final Semaphore decoding =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors()));

    /** The logo of a sender comes with every mail; its pixels are looked at once. By SHA-256 of the file. */
    private final Cache<String, Sight> known =
            CacheBuilder.newBuilder().maximumSize(MOST_KNOWN).build();

    QrCodes(long mostPixels) {
        this.mostPixels = mostPixels;
    }

    static {
        // Memory is bounded here; files in a folder for temporary ones would not be.
        ImageIO.setUseCache(false);
    }

    /** Width times height as the header has it; empty when this is no image of a known kind. */
    static Optional<Long> pixels(byte[] image) {
        try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(image))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
            if (!readers.hasNext()) {
                return Optional.empty();
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(input, true, true);
                return Optional.of((long) reader.getWidth(0) * reader.getHeight(0));
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException notReadable) {
            return Optional.empty();
        }
    }

    Sight look(byte[] image) {
        String digest = sha256(image);
        Sight sight = known.getIfPresent(digest);
        if (sight == null) {
            decoding.acquireUninterruptibly();
            try {
                sight = decode(image);
            } finally {
                decoding.release();
            }
            known.put(digest, sight);
        }
        return sight;
    }

    private Sight decode(byte[] image) {
        try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(image))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
            if (!readers.hasNext()) {
                return new Sight.NotSeen();
            }
            ImageReader reader = readers.next();
            try {
                // Without metadata: compressed text chunks are a bomb of their own.
                reader.setInput(input, false, true);
                return decodeFrames(reader);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException broken) {
            // Decoders throw whatever they like at a damaged file; a mail program would not show it either.
            return new Sight.NotSeen();
        }
    }

    private Sight decodeFrames(ImageReader reader) throws IOException {
        for (int frame = 0; frame < FRAMES; frame++) {
            int width;
            int height;
            try {
                width = reader.getWidth(frame);
                height = reader.getHeight(frame);
            } catch (IndexOutOfBoundsException noMoreFrames) {
                return frame == 0 ? new Sight.NotSeen() : new Sight.Clear();
            }
            if ((long) width * height > mostPixels) {
                return new Sight.NotSeen();
            }
            ImageReadParam thinned = reader.getDefaultReadParam();
            int step = Math.max(1, Math.max(width, height) / WIDEST);
            thinned.setSourceSubsampling(step, step, 0, 0);
            Optional<String> code = codeIn(onWhite(reader.read(frame, thinned), 1));
            if (code.isPresent()) {
                return new Sight.Code(code.get());
            }
        }
        return new Sight.Clear();
    }

    private static Optional<String> codeIn(BufferedImage image) {
        Optional<String> code = codeAtThisSize(image);
        if (code.isEmpty() && Math.max(image.getWidth(), image.getHeight()) <= 400) {
            code = codeAtThisSize(onWhite(image, 3));
        }
        if (code.isEmpty() && Math.max(image.getWidth(), image.getHeight()) >= 800) {
            code = codeAtThisSize(onWhite(image, 0.5));
        }
        return code;
    }

    private static Optional<String> codeAtThisSize(BufferedImage image) {
        LuminanceSource source = new BufferedImageLuminanceSource(image);
        for (LuminanceSource each : List.of(source, source.invert())) {
            for (BinaryBitmap bitmap : List.of(
                    new BinaryBitmap(new HybridBinarizer(each)),
                    new BinaryBitmap(new GlobalHistogramBinarizer(each)))) {
                Optional<String> code = read(bitmap);
                if (code.isPresent()) {
                    return code;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> read(BinaryBitmap bitmap) {
        try {
            Result[] results = new QRCodeMultiReader().decodeMultiple(bitmap, HINTS);
            if (results.length > 0) {
                return Optional.of(results[0].getText());
            }
        } catch (NotFoundException none) {
            // Then perhaps one of the other kinds.
        }
        try {
            return Optional.of(new MultiFormatReader().decode(bitmap, HINTS).getText());
        } catch (ReaderException none) {
            return Optional.empty();
        }
    }

    /** Transparent pixels are white on a page, whatever colour their file gives them; a margin helps to find the code. */
    private static BufferedImage onWhite(BufferedImage image, double factor) {
        int width = Math.max(1, (int) Math.round(image.getWidth() * factor));
        int height = Math.max(1, (int) Math.round(image.getHeight() * factor));
        int margin = 16;
        BufferedImage page = new BufferedImage(width + 2 * margin, height + 2 * margin, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = page.createGraphics();
        try {
            graphics.setColor(java.awt.Color.WHITE);
            graphics.fillRect(0, 0, page.getWidth(), page.getHeight());
            graphics.setRenderingHint(
                    RenderingHints.KEY_INTERPOLATION,
                    factor > 1
                            ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
                            : RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(image, margin, margin, width, height, null);
            return page;
        } finally {
            graphics.dispose();
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
