/** How a command ends: the exit codes, and the error of a command line that asks too much. */
@NullMarked
package io.fcrawler.cli.exit;

import org.jspecify.annotations.NullMarked;
