package io.fcrawler.store.explore;

/** A rule of the design for the commands' path; a test may take it out. */
enum CommandRule {
  /** The offset is raised and the command noted in one step. */
  NOTED_WITH_OFFSET,
  /** The offset is raised before a command is applied, not after. */
  OFFSET_BEFORE_APPLYING,
  /** Where the stored offset is not the consumer's, the consumer seeks to it. */
  STORED_OFFSET_DECIDES,
  /** A command is applied only where the one noted before it is. */
  IN_ORDER
}
