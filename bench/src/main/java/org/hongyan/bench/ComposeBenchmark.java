package org.hongyan.bench;

import java.util.concurrent.TimeUnit;
import org.hongyan.mail.message.Message;
import org.hongyan.mail.message.MessageTemplate;
import org.hongyan.mail.message.MessageTemplate.Escape;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From an approved template to the octets that are signed. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ComposeBenchmark {

    private final MessageTemplate template = MessageTemplate.compile(SampleMail.HTML_SOURCE, Escape.HTML);
    private final String html = template.render(SampleMail.VALUES);
    private final String text = html.substring(0, html.length() / 2);

    /** Compiling, which happens once a template version. */
    @Benchmark
    public MessageTemplate compile() {
        return MessageTemplate.compile(SampleMail.HTML_SOURCE, Escape.HTML);
    }

    /** Putting in the values of one recipient. */
    @Benchmark
    public String render() {
        return template.render(SampleMail.VALUES);
    }

    /** Writing the message around rendered contents. */
    @Benchmark
    public Message build() {
        return SampleMail.compose(html, text);
    }
}
