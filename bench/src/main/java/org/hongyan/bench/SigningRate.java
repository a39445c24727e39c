package org.hongyan.bench;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How many RSA-2048 signatures over SHA-256 this machine makes in a second: the limit that no mail rate with DKIM can
 * pass, so other measurements print it beside their results. It is measured each time, since shared hosts drift.
 *
 * @param provider the security provider that signed
 * @param threads platform threads that signed at the same time
 * @param perSecond signatures of all threads together
 */
public record SigningRate(String provider, int threads, double perSecond) {

    private static final int DATA_SIZE = 1024;

    /** Measures the provider that the engine itself uses when its native part loads. */
    public static SigningRate ofCorretto(int threads, Duration duration) throws InterruptedException {
        return measure(AmazonCorrettoCryptoProvider.INSTANCE, threads, duration);
    }

    /** Measures what the engine falls back to. */
    public static SigningRate ofJdk(int threads, Duration duration) throws InterruptedException {
        return measure(Security.getProvider("SunRsaSign"), threads, duration);
    }

    private static SigningRate measure(Provider provider, int threads, Duration duration) throws InterruptedException {
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", provider);
            generator.initialize(2048);
            PrivateKey key = generator.generateKeyPair().getPrivate();
            // The first half is warm-up and not counted.
            total(workers, provider, key, threads, duration.dividedBy(2));
            double perSecond = total(workers, provider, key, threads, duration.dividedBy(2));
            return new SigningRate(provider.getName() + " " + provider.getVersionStr(), threads, perSecond);
        } catch (GeneralSecurityException | ExecutionException broken) {
            throw new IllegalStateException("signing with " + provider.getName() + " failed", broken);
        }
    }

    private static double total(
            ExecutorService workers, Provider provider, PrivateKey key, int threads, Duration duration)
            throws InterruptedException, ExecutionException {
        List<Future<Double>> rates = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            rates.add(workers.submit(() -> rate(provider, key, duration)));
        }
        double total = 0;
        for (Future<Double> rate : rates) {
            total += rate.get();
        }
        return total;
    }

    private static double rate(Provider provider, PrivateKey key, Duration duration) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA", provider);
        signature.initSign(key);
        byte[] data = new byte[DATA_SIZE];
        long start = System.nanoTime();
        long elapsed = 0;
        int count = 0;
        while (elapsed < duration.toNanos()) {
            data[count % DATA_SIZE]++;
            signature.update(data);
            signature.sign();
            count++;
            elapsed = System.nanoTime() - start;
        }
        return count * 1e9 / elapsed;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "RSA-2048 with %s on %d threads: %.0f/s", provider, threads, perSecond);
    }

    /** Prints the rates of both providers on one thread and on all processors. */
    public static void main(String[] arguments) throws InterruptedException {
        Duration duration = Duration.ofSeconds(6);
        int processors = Runtime.getRuntime().availableProcessors();
        for (int threads : new int[] {1, processors}) {
            System.out.println(ofCorretto(threads, duration));
            System.out.println(ofJdk(threads, duration));
        }
    }
}
