package io.fcrawler.worker.fetch;

import io.fcrawler.worker.fetch.CallTrace.Phase;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.internal.http2.ConnectionShutdownException;
import okhttp3.internal.http2.StreamResetException;
import org.jspecify.annotations.Nullable;

/** What an exception of a call means. */
final class Failures {
  private Failures() {}

  /**
   * A failure without an HTTP status that counts.
   *
   * @param passing whether another attempt may succeed
   * @param unconnectable as for {@link FetchOutcome.Rejected}
   */
  record Failure(String reason, boolean passing, boolean unconnectable) {
    static Failure passing(String reason) {
      return new Failure(reason, true, false);
    }

    static Failure last(String reason) {
      return new Failure(reason, false, false);
    }

    Failure whileConnecting() {
      return new Failure(reason, passing, true);
    }
  }

  /** Classifies the exception of a call that came as far as {@code trace} says. */
  static Failure of(IOException e, CallTrace trace) {
    return switch (trace.phase()) {
      case RESOLVE, CONNECT, HANDSHAKE -> connecting(telling(e), trace.phase());
      case HEADER -> exchanging(e);
      case BODY -> reading(e, trace.encoded());
    };
  }

  /** Of a host's addresses, what happened at one that was allowed says more. */
  private static IOException telling(IOException e) {
    return Stream.concat(Stream.of(e), Stream.of(e.getSuppressed()))
        .filter(IOException.class::isInstance)
        .map(IOException.class::cast)
        .filter(each -> !(each instanceof AddressNotAllowedException))
        .findFirst()
        .orElse(e);
  }

  private static Failure connecting(IOException e, Phase phase) {
    return switch (e) {
      case AddressNotAllowedException refused -> Failure.last(refused.reason());
      case TemporaryDnsException dns -> Failure.passing(Reasons.DNS_TEMPORARY);
      case UnknownHostException dns -> Failure.last(Reasons.DNS);
      case InterruptedIOException timeout -> late(timeout, phase);
      case ConnectException refused -> unconnected(refused).whileConnecting();
      case SSLException tls -> handshake(tls).whileConnecting();
      case SocketException socket -> socket(phase).whileConnecting();
      default -> Failure.passing(Reasons.IO_ERROR).whileConnecting();
    };
  }

  private static Failure late(InterruptedIOException e, Phase phase) {
    boolean tcp =
        e instanceof SocketTimeoutException ? says(e, "onnect timed out") : phase == Phase.CONNECT;
    if (tcp) {
      return Failure.passing(Reasons.CONNECT_TIMEOUT).whileConnecting();
    }
    return phase == Phase.RESOLVE
        ? Failure.passing(Reasons.TIMEOUT) // of the whole call, before anything was connected to
        : Failure.passing(Reasons.TLS_TIMEOUT).whileConnecting();
  }

  private static Failure unconnected(ConnectException e) {
    String told = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    boolean refused = told != null && told.contains("refused");
    return Failure.passing(refused ? Reasons.CONNECTION_REFUSED : Reasons.UNREACHABLE);
  }

  private static Failure socket(Phase phase) {
    return Failure.passing(
        phase == Phase.HANDSHAKE ? Reasons.CONNECTION_RESET : Reasons.UNREACHABLE);
  }

  private static Failure handshake(SSLException e) {
    if (e instanceof SSLPeerUnverifiedException) {
      return Failure.last(Reasons.TLS_WRONG_HOST);
    }
    if (caused(e, CertificateExpiredException.class)
        || caused(e, CertificateNotYetValidException.class)) {
      return Failure.last(Reasons.TLS_EXPIRED);
    }
    if (caused(e, CertificateException.class)) {
      return Failure.last(Reasons.TLS_UNTRUSTED);
    }
    boolean closed = caused(e, EOFException.class) || caused(e, SocketException.class);
    return closed ? Failure.passing(Reasons.CONNECTION_RESET) : Failure.last(Reasons.TLS);
  }

  private static Failure exchanging(IOException e) {
    return switch (e) {
      case InterruptedIOException timeout -> Failure.passing(Reasons.TIMEOUT);
      case ProtocolException protocol -> Failure.last(Reasons.PROTOCOL_ERROR);
      case StreamResetException reset -> Failure.passing(Reasons.STREAM_RESET);
      case ConnectionShutdownException shutdown -> Failure.passing(Reasons.STREAM_RESET);
      case SSLHandshakeException tls -> handshake(tls).whileConnecting();
      case SocketException reset -> Failure.passing(Reasons.CONNECTION_RESET);
      case SSLException broken -> Failure.passing(Reasons.CONNECTION_RESET);
      case IOException flood when says(flood, "header byte count limit") ->
          Failure.passing(Reasons.INCOMPLETE_HEADER);
      default -> Failure.passing(caused(e, EOFException.class) ? ended(e) : Reasons.IO_ERROR);
    };
  }

  /** The end came where a line of the header was expected; okio says how much of it there was. */
  private static String ended(IOException e) {
    boolean nothing = e.getCause() != null && says(e.getCause(), "limit=0 ");
    return nothing ? Reasons.CONNECTION_RESET : Reasons.INCOMPLETE_HEADER;
  }

  private static Failure reading(IOException e, boolean encoded) {
    return switch (e) {
      case EOFException ended -> Failure.passing(Reasons.TRUNCATED_BODY);
      case ProtocolException ended when says(ended, "unexpected end of stream") ->
          Failure.passing(Reasons.TRUNCATED_BODY);
      case InterruptedIOException timeout -> exchanging(timeout);
      case ProtocolException protocol -> exchanging(protocol);
      case StreamResetException reset -> exchanging(reset);
      case SocketException reset -> exchanging(reset);
      case SSLException broken -> exchanging(broken);
      default -> encoded ? Failure.last(Reasons.BAD_ENCODING) : exchanging(e);
    };
  }

  private static boolean says(Throwable e, String words) {
    return e.getMessage() != null && e.getMessage().contains(words);
  }

  private static boolean caused(Throwable e, Class<? extends Throwable> type) {
    for (@Nullable Throwable each = e; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return true;
      }
    }
    return false;
  }
}
