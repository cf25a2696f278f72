package io.llmservice.operator.metricsapi.pods;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Feeds a response body to a {@link GaugeCollector} and hangs up at an error status, the first byte too many or the
 * first unreadable line. */
final class GaugeBody implements BodySubscriber<List<Sample>> {
    private final int status;
    private final GaugeCollector collector;
    private final CompletableFuture<List<Sample>> samples = new CompletableFuture<>();
    private @Nullable Subscription subscription;

    GaugeBody(int status, long maxBytes) {
        this.status = status;
        this.collector = new GaugeCollector(maxBytes);
    }

    @Override
    public CompletionStage<List<Sample>> getBody() {
        return samples;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        if (status == 200) {
            subscription.request(1);
        } else {
            subscription.cancel();
            samples.completeExceptionally(new UnusableMetricsException(Reading.Failure.STATUS, "status " + status));
        }
    }

    @Override
    public void onNext(List<ByteBuffer> chunks) {
        Subscription current = Objects.requireNonNull(subscription);
        try {
            for (ByteBuffer chunk : chunks) {
                collector.accept(chunk);
            }
            current.request(1);
        } catch (UnusableMetricsException unusable) {
            current.cancel();
            samples.completeExceptionally(unusable);
        }
    }

    @Override
    public void onError(Throwable failure) {
        samples.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        try {
            samples.complete(collector.finish());
        } catch (UnusableMetricsException unusable) {
            samples.completeExceptionally(unusable);
        }
    }
}
