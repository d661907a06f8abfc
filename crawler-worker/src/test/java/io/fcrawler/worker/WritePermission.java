package io.fcrawler.worker;

import io.fcrawler.kafka.Topics;
import io.fcrawler.testing.Eventually;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Whether anybody may write page records to a Kafka that was started to ask for permissions. */
public final class WritePermission {
  /** Settings of a Kafka that does. */
  public static final Map<String, String> ASKED_FOR =
      Map.of(
          "authorizer.class.name",
          "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
          "allow.everyone.if.no.acl.found",
          "true");

  private static final AclBinding DENIED =
      new AclBinding(
          new ResourcePattern(ResourceType.TOPIC, Topics.PAGES, PatternType.LITERAL),
          new AccessControlEntry(
              "User:ANONYMOUS", "*", AclOperation.WRITE, AclPermissionType.DENY));

  private WritePermission() {}

  /** Denies the permission, and waits until the broker enforces it: the controller knows first. */
  public static void deny(Admin admin) throws Exception {
    admin.createAcls(List.of(DENIED)).all().get();
    Eventually.holds(
        "the broker knows the denial",
        () -> !admin.describeAcls(AclBindingFilter.ANY).values().get().isEmpty());
  }

  /** Restores the permission; the broker enforces the denial for a moment longer. */
  public static void allow(Admin admin) throws Exception {
    admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
  }
}
