package io.fcrawler.worker.command;

import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Whether Kafka counts this worker as alive: its last answered heartbeat, by the consumer's own
 * count of answers ({@code heartbeat-total}), is younger than the session timeout. Thread-safe.
 */
public final class KafkaHeartbeat {
  private final long timeoutNs;
  private final LongSupplier nanos;
  private double answers;
  private long lastAnswerNs;
  private boolean any;

  public KafkaHeartbeat(Duration sessionTimeout, LongSupplier nanos) {
    this.timeoutNs = sessionTimeout.toNanos();
    this.nanos = nanos;
  }

  /** Looks at the consumer's metrics; called every little while. */
  synchronized void sample(Map<MetricName, ? extends Metric> metrics) {
    double now = total(metrics);
    if (now != answers) {
      any = now > 0;
      answers = now;
      lastAnswerNs = nanos.getAsLong();
    }
  }

  private static double total(Map<MetricName, ? extends Metric> metrics) {
    return metrics.entrySet().stream()
        .filter(entry -> entry.getKey().name().equals("heartbeat-total"))
        .mapToDouble(entry -> ((Number) entry.getValue().metricValue()).doubleValue())
        .sum();
  }

  public synchronized boolean fresh() {
    return any && nanos.getAsLong() - lastAnswerNs < timeoutNs;
  }
}
