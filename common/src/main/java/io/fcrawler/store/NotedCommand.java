package io.fcrawler.store;

import io.fcrawler.command.Command;
import io.fcrawler.command.Position;

/** A command with its place in the log. */
public record NotedCommand(Position position, Command command) {}
