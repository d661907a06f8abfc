package io.fcrawler.worker.lane;

import io.fcrawler.worker.politeness.HostGate;
import io.fcrawler.worker.politeness.HostTrouble;
import java.time.Duration;

/**
 * What a lane's requests pass.
 *
 * @param host the gate of its host, for all crawls
 * @param lane of all crawls' lanes of this host and number, which are one lane to the host
 * @param trouble what its crawl holds against the host
 * @param connections its crawl's
 */
record LaneGates(HostGate host, HostGate lane, HostTrouble trouble, int connections) {
  /** Waits for the lane's turn, which its requests take one after another. */
  HostGate.Pass enterLane() throws InterruptedException {
    return lane.enter(Duration.ZERO, 1, trouble);
  }

  /** Waits for the host's turn. */
  HostGate.Pass enterHost(Duration delay) throws InterruptedException {
    return host.enter(delay, connections, trouble);
  }
}
