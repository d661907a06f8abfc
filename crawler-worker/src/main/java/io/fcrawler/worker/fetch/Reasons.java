package io.fcrawler.worker.fetch;

/** The words for why a fetch failed. They are listed to users, and so are never changed. */
public final class Reasons {
  /** The answer, or a part of it, took too long. */
  public static final String TIMEOUT = "timeout";

  /** The TCP connection took too long. */
  public static final String CONNECT_TIMEOUT = "connect_timeout";

  /** The TLS handshake took too long. */
  public static final String TLS_TIMEOUT = "tls_timeout";

  /** Nothing listens at the port. */
  public static final String CONNECTION_REFUSED = "connection_refused";

  /** There is no way to the address. */
  public static final String UNREACHABLE = "unreachable";

  /** The connection was closed before the answer began, or broke. */
  public static final String CONNECTION_RESET = "connection_reset";

  /** The answer's header did not end before the connection did, or is over 256 KiB. */
  public static final String INCOMPLETE_HEADER = "incomplete_header";

  /** The HTTP/2 stream was reset, or the connection was being shut down. */
  public static final String STREAM_RESET = "stream_reset";

  /** The body ended before its announced length, or before its last chunk. */
  public static final String TRUNCATED_BODY = "truncated_body";

  /** The body is not what its Content-Encoding says. */
  public static final String BAD_ENCODING = "bad_encoding";

  /** The answer made the crawler's own reader fail. */
  public static final String UNPARSABLE = "unparsable";

  /** The topic of page records refuses the page's, even when it is cut. */
  public static final String RECORD_TOO_LARGE = "record_too_large";

  /** The answer is not HTTP. */
  public static final String PROTOCOL_ERROR = "protocol_error";

  /** There is no such host. */
  public static final String DNS = "dns";

  /** The name server did not answer, or could not. */
  public static final String DNS_TEMPORARY = "dns_temporary";

  /** The TLS handshake failed, or what answered was no TLS. */
  public static final String TLS = "tls";

  /** The certificate is not valid now. */
  public static final String TLS_EXPIRED = "tls_expired";

  /** The certificate is for other hosts. */
  public static final String TLS_WRONG_HOST = "tls_wrong_host";

  /** The certificate was signed by nobody that is trusted, as by itself. */
  public static final String TLS_UNTRUSTED = "tls_untrusted";

  /** The host's address is not public. */
  public static final String ADDRESS_NOT_ALLOWED = "address_not_allowed";

  /** The port is not one that the operator allows. */
  public static final String PORT_NOT_ALLOWED = "port_not_allowed";

  /** The URL redirects to itself, or by way of others back to itself, without end. */
  public static final String REDIRECT_TO_ITSELF = "redirect_to_itself";

  /** The URL cannot be requested. */
  public static final String INVALID_URL = "invalid_url";

  /** Another failure of input or output. */
  public static final String IO_ERROR = "io_error";

  private Reasons() {}

  /** Whether the operator does not allow what was to be fetched. */
  public static boolean isNotAllowed(String reason) {
    return reason.equals(ADDRESS_NOT_ALLOWED) || reason.equals(PORT_NOT_ALLOWED);
  }

  /** The reason for an HTTP status: {@code http_404}. */
  public static String http(int status) {
    return "http_" + status;
  }
}
