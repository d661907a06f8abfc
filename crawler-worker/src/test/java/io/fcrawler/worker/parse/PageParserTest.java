package io.fcrawler.worker.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.HttpMeta;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageParserTest {

  @Test
  void aPagesFeaturesAreRead() {
    ParsedPage page =
        Pages.parse(
            """
            <!doctype html><html lang="en-GB"><head><title> A
              title </title><meta name="Description" content=" What it  is ">
            <link rel="canonical" href="/c"></head>
            <body><h1>One</h1><p>Some <b>bo</b>ld text.</p><h2>Two <i>and</i> a half</h2></body>\
            """);
    assertTrue(page.html());
    assertEquals("A title", page.title());
    assertEquals("What it is", page.description());
    assertEquals(Optional.of("http://a.example/c"), page.canonical().map(CrawlUrl::value));
    assertEquals("en-GB", page.language());
    assertEquals(List.of(new Heading(1, "One"), new Heading(2, "Two and a half")), page.headings());
    assertEquals("One Some bold text. Two and a half", page.text());
    assertEquals(8, page.wordCount());
    assertFalse(page.textTruncated());
    assertFalse(page.truncated());
  }

  @Test
  void whatAPageDoesNotSayIsEmpty() {
    ParsedPage page = Pages.parse("");
    assertEquals("", page.title());
    assertEquals("", page.description());
    assertEquals(Optional.empty(), page.canonical());
    assertEquals("", page.language());
    assertEquals(List.of(), page.headings());
    assertEquals("", page.text());
    assertEquals(0, page.wordCount());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<title>a</title><title>b</title> | a",
        "<title> </title><title>b</title> | b",
        "<svg><title>picture</title></svg><title>page</title> | page",
        "<title>a &lt;b&gt; &amp; c</title> | a <b> & c",
        "<title>a<b>c</title> | a<b>c",
        "<body><title>late</title> | late"
      })
  void theTitleIsTheFirstOfThePage(String html, String title) {
    assertEquals(title, Pages.parse(html).title());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<p>a</p><p>b</p> | a b",
        "a<br>b | a b",
        "<td>a</td><td>b</td> | ab",
        "<table><tr><td>a</td><td>b</td></tr></table> | a b",
        "<li>a<li>b | a b",
        "<b>a</b><i>b</i> | ab",
        "<a href=x>a</a>b | ab",
        "a<img src=x>b | a b",
        "<select><option>a<option>b</select> | a b",
        "a&nbsp;&nbsp;b | a b",
        "a&shy;b&#8203;c | abc",
        "a&#1;&#127;b | a b",
        "a\u3000b\u2003c | a b c",
        "a<script>x</script>b | a b",
        "a<style>x</style>b | a b",
        "a<noscript>x</noscript>b | a b",
        "a<template>x</template>b | a b",
        "a<iframe>x</iframe>b | a b",
        "a<!--x-->b | ab",
        "<head><title>x</title></head>a | a",
        "<p hidden>x</p>a | a",
        "<video>x</video>a | a",
        "<textarea>a</textarea>b | a b",
        "<svg><text>a</text></svg> | a",
        "<object>a</object> | a",
        "<pre>a\tb</pre> | a b"
      })
  void theTextIsWhatABrowserShows(String html, String text) {
    assertEquals(text, Pages.parse(html).text());
  }

  @Test
  void headingsHaveAllTheirText() {
    assertEquals(
        List.of(new Heading(2, "a b"), new Heading(6, "c"), new Heading(1, "d e")),
        Pages.parse(
                "<h2>a<br>b<script>x</script></h2><h6> c </h6><h3></h3>"
                    + "<H1><a href=x>d</a> <span>e</span></H1>")
            .headings());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<html lang=de> | fr | de",
        "<html xml:lang=de> | fr | de",
        "<html> | fr | fr",
        "<html> | fr, en | fr",
        "<html><meta http-equiv=content-language content='it, fr'> | fr | it",
        "<html lang=''> | fr | fr",
        "<html lang=de><meta http-equiv=content-language content=it> | fr | de"
      })
  void theLanguageIsThePagesOrItsHeaders(String html, String header, String language) {
    HttpMeta meta =
        new HttpMeta(
            Optional.of("text/html"), Optional.of(header), List.of(), Optional.empty(), List.of());
    assertEquals(language, Pages.parse(meta, html).language());
  }

  @Test
  void aCanonicalUrlOfThePageCountsMoreThanOneOfItsHeaders() {
    HttpMeta meta =
        new HttpMeta(
            Optional.of("text/html"),
            Optional.empty(),
            List.of("</h>; rel=canonical"),
            Optional.empty(),
            List.of());
    assertEquals(
        Optional.of("http://a.example/h"),
        Pages.parse(meta, "<p>").canonical().map(CrawlUrl::value));
    assertEquals(
        Optional.of("http://a.example/p"),
        Pages.parse(meta, "<link rel=canonical href=/p>").canonical().map(CrawlUrl::value));
    assertEquals(
        Optional.of("http://a.example/h"),
        Pages.parse(meta, "<link rel=canonical href=mailto:x>").canonical().map(CrawlUrl::value));
  }

  // content types

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "TEXT/HTML",
        "text/html;charset=utf-8",
        " text/html ; x=y",
        "text/html, text/html",
        "application/xhtml+xml"
      })
  void htmlIsParsed(String type) {
    assertTrue(Pages.parse(HttpMeta.ofType(type), "<p>x</p>").html());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "text/xml",
        "image/svg+xml",
        "application/pdf",
        "application/octet-stream",
        "text/htmlx"
      })
  void otherTypesAreNot(String type) {
    ParsedPage page = Pages.parse(HttpMeta.ofType(type), "<html><a href=/t>x</a>");
    assertFalse(page.html());
    assertEquals(List.of(), page.links());
    assertEquals("", page.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE html><p>",
        "\ufeff<html>",
        " \n<HTML lang=en>",
        "<head>",
        "<!-- comment -->",
        "<p>x",
        "<a href=x>"
      })
  void withoutATypeThePageIsLookedAt(String html) {
    assertTrue(Pages.parse(HttpMeta.EMPTY, html).html());
    assertTrue(Pages.parse(HttpMeta.ofType(""), html).html());
    assertTrue(Pages.parse(HttpMeta.ofType("html"), html).html());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "<?xml version='1.0'?><x/>", "{}", "<px>", "%PDF-1.4"})
  void withoutATypeOtherThingsAreNoPage(String body) {
    assertFalse(Pages.parse(HttpMeta.EMPTY, body).html());
  }
}
