package org.hongyan.bench;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.concurrent.TimeUnit;
import org.hongyan.mail.address.DomainName;
import org.hongyan.mail.dkim.DkimCrypto;
import org.hongyan.mail.dkim.DkimKey;
import org.hongyan.mail.dkim.DkimSigner;
import org.hongyan.mail.message.Message;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A whole DKIM signature, and the bare RSA operation in it: the difference is what our own code costs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DkimSignBenchmark {

    private final DkimKey key = DkimKey.generateRsa2048();
    private final DkimSigner signer = new DkimSigner(DomainName.parse("mail.example.com"), "s1", key);
    private final Message message = SampleMail.compose(SampleMail.HTML_SOURCE, SampleMail.HTML_SOURCE);
    private final byte[] headerSized = new byte[1400];

    /** One for each thread, as the signer pools its own. */
    @State(Scope.Thread)
    public static class BareRsa {
        private final Signature signature = withKeyOfItsOwn();

        private static Signature withKeyOfItsOwn() {
            if (!DkimCrypto.isAccelerated()) {
                throw new IllegalStateException("the native provider is not in use: " + DkimCrypto.trouble());
            }
            try {
                Signature signature = Signature.getInstance("SHA256withRSA", AmazonCorrettoCryptoProvider.INSTANCE);
                signature.initSign(KeyFactory.getInstance("RSA", AmazonCorrettoCryptoProvider.INSTANCE)
                        .generatePrivate(new PKCS8EncodedKeySpec(
                                DkimKey.generateRsa2048().pkcs8())));
                return signature;
            } catch (GeneralSecurityException broken) {
                throw new IllegalStateException("a new key does not sign", broken);
            }
        }
    }

    /** The whole. */
    @Benchmark
    public Message sign() {
        return signer.sign(message, SampleMail.TIME);
    }

    /** RSA over as many octets as the signed header fields have. */
    @Benchmark
    public byte[] bareRsa(BareRsa rsa) throws GeneralSecurityException {
        rsa.signature.update(headerSized);
        return rsa.signature.sign();
    }
}
