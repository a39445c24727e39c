package org.hongyan.bench;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
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
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.dkim.DkimCrypto;
import org.hongyan.mail.dkim.DkimKey;
import org.hongyan.mail.dkim.DkimSigner;
import org.hongyan.mail.message.Message;

/**
 * How many RSA-2048 signatures over SHA-256 this machine makes in a second: the limit that no mail rate with DKIM can
 * pass, so other measurements print it beside their results. It is measured each time, since shared hosts drift.
 *
 * @param what what signed: a security provider, or the engine with it
 * @param threads platform threads that signed at the same time
 * @param perSecond signatures of all threads together, by the clock on the wall; less than it could be when the machine
 *     has other work
 * @param cpuMicroseconds processor time of one signature, which other work hardly changes
 */
public record SigningRate(String what, int threads, double perSecond, double cpuMicroseconds) {

    private static final int DATA_SIZE = 1024;

    /** One signature. Each thread gets one of its own. */
    private interface Work {
        void once() throws GeneralSecurityException;
    }

    private interface WorkSource {
        Work create() throws GeneralSecurityException;
    }

    /** Measures the provider that the engine itself uses when its native part loads. */
    public static SigningRate ofCorretto(int threads, Duration duration) throws InterruptedException {
        return ofProvider(AmazonCorrettoCryptoProvider.INSTANCE, threads, duration);
    }

    /** Measures what the engine falls back to. */
    public static SigningRate ofJdk(int threads, Duration duration) throws InterruptedException {
        return ofProvider(Security.getProvider("SunRsaSign"), threads, duration);
    }

    /** Measures whole DKIM signatures of a mail of usual size. */
    public static SigningRate ofDkim(int threads, Duration duration) throws InterruptedException {
        DkimSigner signer = new DkimSigner(DomainName.parse("mail.example.com"), "s1", DkimKey.generateRsa2048());
        Message message = SampleMail.compose(SampleMail.HTML_SOURCE, SampleMail.HTML_SOURCE);
        String what = "DKIM of " + message.size() + " octets by " + DkimCrypto.provider();
        return measure(what, () -> () -> signer.sign(message, SampleMail.TIME), threads, duration);
    }

    private static SigningRate ofProvider(Provider provider, int threads, Duration duration)
            throws InterruptedException {
        String what = provider.getName() + " " + provider.getVersionStr();
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", provider);
            generator.initialize(2048);
            PrivateKey key = generator.generateKeyPair().getPrivate();
            return measure(what, () -> bareSignature(provider, key), threads, duration);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("signing with " + what + " failed", broken);
        }
    }

    private static Work bareSignature(Provider provider, PrivateKey key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA", provider);
        signature.initSign(key);
        byte[] data = new byte[DATA_SIZE];
        return () -> {
            data[0]++;
            signature.update(data);
            signature.sign();
        };
    }

    private static SigningRate measure(String what, WorkSource source, int threads, Duration duration)
            throws InterruptedException {
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            // The first half is warm-up and not counted.
            share(workers, what, source, threads, duration.dividedBy(2));
            return share(workers, what, source, threads, duration.dividedBy(2));
        } catch (ExecutionException broken) {
            throw new IllegalStateException("signing with " + what + " failed", broken);
        }
    }

    private static SigningRate share(
            ExecutorService workers, String what, WorkSource source, int threads, Duration duration)
            throws InterruptedException, ExecutionException {
        List<Future<SigningRate>> shares = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            shares.add(workers.submit(() -> ofThisThread(what, source.create(), duration)));
        }
        double perSecond = 0;
        double cpuMicroseconds = 0;
        for (Future<SigningRate> share : shares) {
            perSecond += share.get().perSecond;
            cpuMicroseconds += share.get().cpuMicroseconds / threads;
        }
        return new SigningRate(what, threads, perSecond, cpuMicroseconds);
    }

    private static SigningRate ofThisThread(String what, Work work, Duration duration) throws GeneralSecurityException {
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long cpuStart = clock.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        long elapsed = 0;
        int count = 0;
        while (elapsed < duration.toNanos()) {
            work.once();
            count++;
            elapsed = System.nanoTime() - start;
        }
        double cpuMicroseconds = (clock.getCurrentThreadCpuTime() - cpuStart) / 1e3 / count;
        return new SigningRate(what, 1, count * 1e9 / elapsed, cpuMicroseconds);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "RSA-2048, %s, %d threads: %.0f/s, %.0f us of CPU each",
                what,
                threads,
                perSecond,
                cpuMicroseconds);
    }

    /** Prints the rates on one thread and on all processors. */
    public static void main(String[] arguments) throws InterruptedException {
        Duration duration = Duration.ofSeconds(6);
        int processors = Runtime.getRuntime().availableProcessors();
        for (int threads : new int[] {1, processors}) {
            System.out.println(ofCorretto(threads, duration));
            System.out.println(ofDkim(threads, duration));
            System.out.println(ofJdk(threads, duration));
        }
    }
}
