@NullMarked
package io.fcrawler.testing.web;

import org.jspecify.annotations.NullMarked;
